import { Button, Checkbox, Group, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ListFilters, SavedList } from '../../../shared/contract/saved-views.ts'
import { api } from '../../lib/client.ts'
import { actorKindOf, useMe } from '../../lib/session.ts'
import { toast } from '../../lib/toast.ts'
import { Dialog } from '../Dialog.tsx'
import { FormProblem } from '../FormProblem.tsx'

interface SaveViewProps {
  list: SavedList
  filters: ListFilters
  isOpen: boolean
  onClose: () => void
}

/** Gives how a list stands now a name. */
export function SaveView(props: SaveViewProps) {
  const { t } = useTranslation('savedViews')
  return (
    <Dialog isOpen={props.isOpen} onClose={props.onClose} title={t('saveTitle')}>
      <SaveForm {...props} />
    </Dialog>
  )
}

function SaveForm({ list, filters, onClose }: SaveViewProps) {
  const { t } = useTranslation(['savedViews', 'common'])
  const queryClient = useQueryClient()
  const isTrainer = actorKindOf(useMe()) === 'trainer'
  const [name, setName] = useState('')
  const [isShared, setShared] = useState(false)
  const [isFirst, setFirst] = useState(false)
  const [isChecked, setChecked] = useState(false)
  const save = useMutation(
    api.savedViews.save.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries({ queryKey: api.savedViews.key() })
        toast(t('saved', { name: name.trim() }))
        onClose()
      },
    }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    if (name.trim() !== '') save.mutate({ list, name, filters, isShared, isFirst })
  }
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="lg">
        <TextInput
          data-autofocus
          required
          dir="auto"
          maxLength={60}
          label={t('name')}
          placeholder={t('nameExample')}
          value={name}
          error={isChecked && name.trim() === '' && t('nameMissing')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Checkbox
          label={t('makeFirst')}
          description={isShared ? t('makeFirstShared') : t('makeFirstOwn')}
          checked={isFirst}
          onChange={(event) => setFirst(event.currentTarget.checked)}
        />
        {!isTrainer && (
          <Checkbox
            label={t('share')}
            description={t('shareText')}
            checked={isShared}
            onChange={(event) => setShared(event.currentTarget.checked)}
          />
        )}
        <FormProblem error={save.error} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('common:action.cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t('saveButton')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
