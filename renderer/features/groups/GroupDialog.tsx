import { Textarea } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../shared/contract/base.ts'
import type { Group } from '../../../shared/contract/groups.ts'
import { api } from '../../lib/client.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { NameForm } from '../../ui/NameForm.tsx'

interface Props {
  /** Without one, a new group. */
  group?: Group
  isOpen: boolean
  onClose: () => void
  onSaved?: (id: Id) => void
}

/** Names a group. */
export function GroupDialog(props: Props) {
  const { t } = useTranslation('groups')
  return (
    <Dialog isOpen={props.isOpen} onClose={props.onClose} title={t(props.group ? 'rename' : 'createTitle')}>
      <GroupForm {...props} />
    </Dialog>
  )
}

function GroupForm({ group, onClose, onSaved }: Props) {
  const { t } = useTranslation('groups')
  const queryClient = useQueryClient()
  const [description, setDescription] = useState(group?.description ?? '')
  const onSuccess = async () => {
    await queryClient.invalidateQueries({ queryKey: api.groups.key() })
    onClose()
  }
  const create = useMutation(
    api.groups.create.mutationOptions({ onSuccess: ({ id }) => onSuccess().then(() => onSaved?.(id)) }),
  )
  const update = useMutation(api.groups.update.mutationOptions({ onSuccess }))
  const submit = (name: string) => {
    const fields = { name, description: description.trim() }
    if (group) update.mutate({ id: group.id, ...fields })
    else create.mutate(fields)
  }
  return (
    <NameForm
      label={t('name')}
      placeholder={t('nameExample')}
      missing={t('nameMissing')}
      maxLength={100}
      name={group?.name ?? ''}
      submitLabel={t(group ? 'save' : 'create')}
      isBusy={create.isPending || update.isPending}
      error={create.error ?? update.error}
      onSubmit={submit}
      onCancel={onClose}
    >
      <Textarea
        dir="auto"
        autosize
        maxLength={2000}
        label={t('description')}
        value={description}
        onChange={(event) => setDescription(event.currentTarget.value)}
      />
    </NameForm>
  )
}
