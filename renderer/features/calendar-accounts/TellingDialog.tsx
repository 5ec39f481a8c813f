import { Button, Group, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CalendarAccount } from '../../../shared/contract/calendar-accounts.ts'
import { client } from '../../lib/client.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { TellingField } from './TellingField.tsx'
import { useAccountChange } from './use-account-change.ts'

export function TellingDialog({ account, onClose }: { account: CalendarAccount; onClose: () => void }) {
  const { t } = useTranslation(['calendarAccounts', 'common'])
  const [tellsWords, setTellsWords] = useState(account.tellsWords)
  const change = useAccountChange(client.calendarAccounts.setTelling, onClose)
  return (
    <Dialog isOpen title={t('telling.open')} onClose={onClose}>
      <Stack gap="lg">
        <TellingField value={tellsWords} onChange={setTellsWords} />
        <FormProblem error={change.error} />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t('common:action.cancel')}
          </Button>
          <Button
            loading={change.isPending}
            onClick={() => change.mutate({ id: account.id, tellsWords, word: t('word') })}
          >
            {t('telling.save')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
