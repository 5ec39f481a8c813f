import { Button, Group, Stack } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CalendarAccount } from '../../../shared/contract/calendar-accounts.ts'
import { client } from '../../lib/client.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { PasswordField } from '../../ui/PasswordField.tsx'
import { useAccountChange } from './use-account-change.ts'

export function PasswordDialog({ account, onClose }: { account: CalendarAccount; onClose: () => void }) {
  const { t } = useTranslation(['calendarAccounts', 'common'])
  const [password, setPassword] = useState('')
  const change = useAccountChange(client.calendarAccounts.setPassword, onClose)
  function submit(event: FormEvent) {
    event.preventDefault()
    if (password !== '') change.mutate({ id: account.id, password })
  }
  return (
    <Dialog isOpen title={t('password.open')} onClose={onClose}>
      <form noValidate onSubmit={submit} autoComplete="off">
        <Stack gap="lg">
          <PasswordField
            data-autofocus
            label={t('password.label')}
            description={t('password.hint')}
            dir="ltr"
            autoComplete="off"
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <FormProblem error={change.error} />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('common:action.cancel')}
            </Button>
            <Button type="submit" disabled={password === ''} loading={change.isPending}>
              {t('password.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
