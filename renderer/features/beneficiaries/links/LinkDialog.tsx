import { Button, Group, Select, Stack, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../../shared/contract/base.ts'
import { LinkRole, linkRoles } from '../../../../shared/contract/links.ts'
import { api, client } from '../../../lib/client.ts'
import { toastProblem } from '../../../lib/toast.ts'
import { toastUndo } from '../../../lib/toast-undo.tsx'
import { useMutation } from '../../../lib/use-mutation.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { Apart, personOption } from '../../../ui/person-option.tsx'

interface LinkDialogProps {
  person: { id: Id; name: string }
  onClose: () => void
}

/** Who, and what they are to the person of this file. */
export function LinkDialog({ person, onClose }: LinkDialogProps) {
  const { t } = useTranslation('file')
  const { t: common } = useTranslation()
  const [other, setOther] = useState<{ id: Id; name: string } | null>(null)
  const [role, setRole] = useState<LinkRole>('parent')
  const [note, setNote] = useState('')
  const add = useAdding(person, onClose)
  const isWhole = other !== null && (role !== 'other' || note.trim() !== '')
  return (
    <Dialog isOpen title={t('links.add')} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (other && isWhole) add.mutate({ other, role, note })
        }}
      >
        <Stack gap="md">
          <OtherPerson of={person.id} value={other} onChoose={setOther} />
          <Select
            label={t('links.what', { name: person.name })}
            allowDeselect={false}
            data={linkRoles.map((value) => ({ value, label: t(`links.role.${value}`) }))}
            value={role}
            onChange={(value) => setRole(LinkRole.parse(value))}
          />
          {role === 'other' && (
            <TextInput
              required
              maxLength={200}
              autoComplete="off"
              label={t('links.note')}
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
            />
          )}
          <FormProblem error={add.error} />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {common('action.cancel')}
            </Button>
            <Button type="submit" disabled={!isWhole} loading={add.isPending}>
              {t('links.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}

interface OtherPersonProps {
  of: Id
  value: { id: Id; name: string } | null
  onChoose: (person: { id: Id; name: string } | null) => void
}

function OtherPerson({ of, value, onChoose }: OtherPersonProps) {
  const { t } = useTranslation('file')
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed === value?.name ? '' : typed, 150)
  const { data } = useQuery(
    api.beneficiaries.list.queryOptions({ input: { search, limit: 30 }, placeholderData: keepPreviousData }),
  )
  const found = (data?.rows ?? []).filter(({ id }) => id !== of)
  const isListed = value === null || found.some(({ id }) => id === value.id)
  const options = isListed ? found : [value, ...found]
  const chosen = found.find(({ id }) => id === value?.id)
  return (
    <Select
      searchable
      required
      data-autofocus
      // The list would lie over the rest before anybody has read it.
      openOnFocus={false}
      label={t('links.who')}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      description={chosen && <Apart person={chosen} />}
      placeholder={t('links.whoPlaceholder')}
      nothingFoundMessage={t('links.nobodyFound')}
      data={options.map(({ id, name }) => ({ value: String(id), label: name }))}
      filter={(all) => all.options}
      renderOption={personOption(found)}
      value={value ? String(value.id) : null}
      onSearchChange={setTyped}
      onChange={(id) => onChoose(options.find((one) => String(one.id) === id) ?? null)}
    />
  )
}

function useAdding(person: { id: Id; name: string }, onDone: () => void) {
  const { t } = useTranslation('file')
  const queryClient = useQueryClient()
  const lookAgain = () => queryClient.invalidateQueries({ queryKey: api.links.key() })
  async function back(id: Id) {
    await client.links.remove({ id })
    await lookAgain()
  }
  return useMutation({
    mutationFn: ({ other, role, note }: { other: { id: Id; name: string }; role: LinkRole; note: string }) =>
      client.links.create({ beneficiaryId: person.id, otherId: other.id, role, note }),
    async onSuccess({ id }, { other }) {
      await lookAgain()
      toastUndo(t('links.added', { name: person.name, other: other.name }), () => void back(id).catch(toastProblem))
      onDone()
    },
  })
}
