import { Button, Group, Select, Stack, Textarea, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type OwnField, OwnKind, ownKinds } from '../../../shared/contract/own-fields.ts'
import { api, client } from '../../lib/client.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { FormProblem } from '../../ui/FormProblem.tsx'

interface OwnFieldDialogProps {
  /** Left out: a new one. */
  field?: OwnField
  isOpen: boolean
  onClose: () => void
}

export function OwnFieldDialog({ field, isOpen, onClose }: OwnFieldDialogProps) {
  const { t } = useTranslation('ownFields')
  return (
    <Dialog isOpen={isOpen} title={t(field ? 'editTitle' : 'addTitle')} onClose={onClose}>
      <OwnFieldForm field={field} onClose={onClose} />
    </Dialog>
  )
}

function OwnFieldForm({ field, onClose }: { field: OwnField | undefined; onClose: () => void }) {
  const { t } = useTranslation('ownFields')
  const queryClient = useQueryClient()
  const [name, setName] = useState(field?.name ?? '')
  const [kind, setKind] = useState<OwnKind>(field?.kind ?? 'text')
  const [choices, setChoices] = useState(field?.choices.join('\n') ?? '')
  const lines = choices
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const given = { name: name.trim(), choices: kind === 'choice' ? [...new Set(lines)] : [] }
  const save = useMutation({
    mutationFn: async () => {
      if (field) await client.ownFields.update({ key: field.key, ...given })
      else await client.ownFields.add({ kind, ...given })
    },
    async onSuccess() {
      await queryClient.invalidateQueries({ queryKey: api.ownFields.key() })
      onClose()
    },
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <Stack gap="md">
        <TextInput
          label={t('name')}
          data-autofocus
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Select
          label={t('kindLabel')}
          description={field && t('kindStays')}
          disabled={field !== undefined}
          allowDeselect={false}
          data={ownKinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
          value={kind}
          onChange={(value) => setKind(OwnKind.catch('text').parse(value))}
        />
        {kind === 'choice' && (
          <Textarea
            label={t('choices')}
            description={t('choicesHint')}
            autosize
            minRows={3}
            maxRows={10}
            value={choices}
            onChange={(event) => setChoices(event.currentTarget.value)}
          />
        )}
        <FormProblem error={save.error} />
        <Group justify="flex-end">
          <Button type="submit" disabled={given.name === ''} loading={save.isPending}>
            {t('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
