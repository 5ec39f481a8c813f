import { Alert } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useSessionState } from './session-context.ts'

/** Why the attempt could not be handed in. */
export function RefusalNotice() {
  const { t } = useTranslation(['kiosk', 'refusal'])
  const refusal = useSessionState((state) => state.refusal)
  if (!refusal) return null
  return (
    <Alert role="alert" color="brick" variant="light" icon={<IconAlertTriangle aria-hidden />}>
      {t(`refusal:${refusal.key}`, refusal.params)}
    </Alert>
  )
}
