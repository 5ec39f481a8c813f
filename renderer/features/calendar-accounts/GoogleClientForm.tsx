import { Button, Group, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { GoogleClientFields } from '../../../shared/contract/calendar-accounts.ts'
import { client } from '../../lib/client.ts'
import { toast } from '../../lib/toast.ts'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { PasswordField } from '../../ui/PasswordField.tsx'
import { useAccountChange } from './use-account-change.ts'

/** What Google gave the organization, for an administrator to enter. */
export function GoogleClientForm({ clientId: present }: { clientId: string | null }) {
  const { t } = useTranslation('calendarAccounts')
  const [clientId, setClientId] = useState(present ?? '')
  const [clientSecret, setClientSecret] = useState('')
  const set = useAccountChange(client.calendarAccounts.setGoogle, () => toast(t('google.saved')))
  const fields = GoogleClientFields.safeParse({ clientId, clientSecret })
  const isWrong = clientId !== '' && !fields.success
  function submit(event: FormEvent) {
    event.preventDefault()
    if (fields.success) set.mutate({ client: fields.data })
  }
  return (
    <form noValidate onSubmit={submit} autoComplete="off">
      <Stack gap="md">
        <TextInput
          label={t('google.clientId')}
          description={t('google.clientIdHint')}
          dir="ltr"
          value={clientId}
          error={isWrong && t('google.clientIdWrong')}
          onChange={(event) => setClientId(event.currentTarget.value)}
        />
        <PasswordField
          label={t('google.clientSecret')}
          dir="ltr"
          autoComplete="off"
          value={clientSecret}
          onChange={(event) => setClientSecret(event.currentTarget.value)}
        />
        <FormProblem error={set.error} />
        <Group gap="sm">
          <Button type="submit" variant="default" disabled={!fields.success} loading={set.isPending}>
            {t('google.save')}
          </Button>
          {present !== null && (
            <Button variant="subtle" color="brick" onClick={() => set.mutate({ client: null })}>
              {t('google.forget')}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  )
}
