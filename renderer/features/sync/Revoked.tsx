import { Alert, Stack, Text } from '@mantine/core'
import { IconShieldLock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { SyncState } from '../../../shared/contract/sync.ts'

/** The centre has shut this machine out: what that means, and what has not reached it. */
export function Revoked({ state, organization }: { state: SyncState; organization: string }) {
  const { t } = useTranslation('sync')
  return (
    <Alert color="brick" variant="light" icon={<IconShieldLock aria-hidden />} title={t('revoked.title')}>
      <Stack gap="xs">
        <Text>{t('revoked.text', { organization })}</Text>
        {state.queued > 0 && <Text fw={600}>{t('revoked.queued', { count: state.queued })}</Text>}
      </Stack>
    </Alert>
  )
}
