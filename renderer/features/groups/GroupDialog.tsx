import { Button, Group as Row, Stack, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../shared/contract/base.ts'
import { type Group, GroupFields } from '../../../shared/contract/groups.ts'
import { api } from '../../lib/client.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { FormProblem } from '../../ui/FormProblem.tsx'

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
  const { t } = useTranslation(['groups', 'common'])
  const queryClient = useQueryClient()
  const [name, setName] = useState(group?.name ?? '')
  const [description, setDescription] = useState(group?.description ?? '')
  const [isChecked, setChecked] = useState(false)
  const onSuccess = async () => {
    await queryClient.invalidateQueries({ queryKey: api.groups.key() })
    onClose()
  }
  const create = useMutation(
    api.groups.create.mutationOptions({ onSuccess: ({ id }) => onSuccess().then(() => onSaved?.(id)) }),
  )
  const update = useMutation(api.groups.update.mutationOptions({ onSuccess }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setChecked(true)
    const fields = GroupFields.safeParse({ name, description })
    if (!fields.success) return
    if (group) update.mutate({ id: group.id, ...fields.data })
    else create.mutate(fields.data)
  }
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="lg">
        <TextInput
          data-autofocus
          required
          dir="auto"
          maxLength={100}
          label={t('name')}
          placeholder={t('nameExample')}
          value={name}
          error={isChecked && name.trim() === '' && t('nameMissing')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Textarea
          dir="auto"
          autosize
          maxLength={2000}
          label={t('description')}
          value={description}
          onChange={(event) => setDescription(event.currentTarget.value)}
        />
        <FormProblem error={create.error ?? update.error} />
        <Row justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('common:action.cancel')}
          </Button>
          <Button type="submit" loading={create.isPending || update.isPending}>
            {t(group ? 'save' : 'create')}
          </Button>
        </Row>
      </Stack>
    </form>
  )
}
