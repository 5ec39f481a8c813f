import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readInvitation } from '../../../shared/invitation.ts'
import { api } from '../../lib/client.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { InvitationFields } from '../../ui/InvitationFields.tsx'
import { StartingAnew } from '../../ui/StartingAnew.tsx'

/** An empty installation joins a centre that is there already: people and their accounts come from it. */
export function JoinCentreForm({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation(['setup', 'sync', 'common'])
  const [entry, setEntry] = useState({ invitation: '', machine: '' })
  const [isUnreadable, setIsUnreadable] = useState(false)
  const join = useMutation(api.sync.join.mutationOptions())
  const isReady = entry.invitation.trim() !== '' && entry.machine.trim() !== ''

  function submit(event: FormEvent) {
    event.preventDefault()
    const isReadable = readInvitation(entry.invitation) !== undefined
    setIsUnreadable(!isReadable)
    if (isReadable && isReady) join.mutate(entry)
  }
  if (join.isSuccess) return <StartingAnew text={t('sync:join.restarting')} />
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md">
        <div>
          <Title order={1} tabIndex={-1}>
            {t('join.title')}
          </Title>
          <Text c="dimmed" mt={4}>
            {t('join.text')}
          </Text>
        </div>
        <InvitationFields entry={entry} isUnreadable={isUnreadable} isBusy={join.isPending} onChange={setEntry} />
        <FormProblem error={join.error} />
        <Group justify="space-between">
          <Button variant="default" onClick={onBack}>
            {t('common:action.back')}
          </Button>
          <Button type="submit" loading={join.isPending} disabled={!isReady}>
            {t('join.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
