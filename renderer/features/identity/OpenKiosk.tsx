import { IconDeviceTablet } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client.ts'
import { useSessionChanged } from '../../lib/session.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { ShellButton } from '../../ui/ShellLink.tsx'

/** Turns this screen into a kiosk, after saying that only a password leads back. */
export function OpenKiosk() {
  const { t } = useTranslation(['identity', 'common'])
  const [isAsking, setIsAsking] = useState(false)
  const sessionChanged = useSessionChanged()
  const openKiosk = useMutation(api.identity.openKiosk.mutationOptions({ onSuccess: () => sessionChanged() }))
  return (
    <>
      <ShellButton icon={IconDeviceTablet} onClick={() => setIsAsking(true)}>
        {t('common:nav.kiosk')}
      </ShellButton>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('kiosk.question')}
        confirmLabel={t('kiosk.confirm')}
        isBusy={openKiosk.isPending}
        error={openKiosk.error}
        onConfirm={() => openKiosk.mutate(undefined)}
        onCancel={() => setIsAsking(false)}
      >
        {t('kiosk.consequence')}
      </ConfirmDialog>
    </>
  )
}
