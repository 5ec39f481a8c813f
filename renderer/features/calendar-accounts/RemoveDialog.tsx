import { Radio, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CalendarAccount } from '../../../shared/contract/calendar-accounts.ts'
import { client } from '../../lib/client.ts'
import { toast } from '../../lib/toast.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { useAccountChange } from './use-account-change.ts'

/** The appointments here stay in any case; the person says what becomes of those there. */
export function RemoveDialog({ account, onClose }: { account: CalendarAccount; onClose: () => void }) {
  const { t } = useTranslation('calendarAccounts')
  const [choice, setChoice] = useState<string>('keep')
  const remove = useAccountChange(client.calendarAccounts.remove, () => {
    toast(t(choice === 'keep' ? 'remove.done' : 'remove.begun'))
    onClose()
  })
  return (
    <ConfirmDialog
      isOpen
      isDangerous
      title={t('remove.question', { name: account.calendarName })}
      confirmLabel={t('remove.confirm')}
      isBusy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate({ id: account.id, takesAlong: choice === 'takeOut' })}
      onCancel={onClose}
    >
      <Text mb="md">{t('remove.text')}</Text>
      <Radio.Group label={t('remove.there')} value={choice} onChange={setChoice}>
        <Stack gap="sm" mt="sm">
          <Radio value="keep" label={t('remove.keep')} />
          <Radio value="takeOut" label={t('remove.takeOut')} description={t('remove.takeOutHint')} />
        </Stack>
      </Radio.Group>
    </ConfirmDialog>
  )
}
