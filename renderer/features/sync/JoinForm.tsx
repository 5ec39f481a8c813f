import { Button, Stack } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readInvitation } from '../../../shared/invitation.ts'
import { api } from '../../lib/client.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { InvitationFields } from '../../ui/InvitationFields.tsx'
import { PasswordField } from '../../ui/PasswordField.tsx'
import { StartingAnew, Waiting } from '../../ui/StartingAnew.tsx'

/** Makes this installation part of an organization at the centre, by an invitation and the own password. */
export function JoinForm() {
  const { t } = useTranslation('sync')
  const [entry, setEntry] = useState({ invitation: '', machine: '' })
  const [isUnreadable, setIsUnreadable] = useState(false)
  const [password, setPassword] = useState('')
  const enrol = useMutation(api.sync.enrol.mutationOptions())
  const isReady = entry.invitation.trim() !== '' && entry.machine.trim() !== '' && password !== ''
  if (enrol.isSuccess) return <StartingAnew text={t('join.restarting')} />

  function submit(event: FormEvent) {
    event.preventDefault()
    const isReadable = readInvitation(entry.invitation) !== undefined
    setIsUnreadable(!isReadable)
    if (isReadable && isReady) enrol.mutate({ ...entry, password })
  }
  return (
    <form noValidate onSubmit={submit}>
      <Stack gap="md" maw="36rem">
        <InvitationFields entry={entry} isUnreadable={isUnreadable} isBusy={enrol.isPending} onChange={setEntry} />
        <PasswordField
          label={t('join.password')}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <FormProblem error={enrol.error} />
        {enrol.isPending && <Waiting text={t('join.joining')} />}
        <Button type="submit" loading={enrol.isPending} disabled={!isReady} style={{ alignSelf: 'start' }}>
          {t('join.submit')}
        </Button>
      </Stack>
    </form>
  )
}
