import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconDoorExit } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { isInRoomKiosk } from '../lib/shell.ts'
import { ConfirmDialog } from './ConfirmDialog.tsx'

/** Leads from another machine's room back to this kiosk. Renders nothing anywhere else. */
export function LeaveRoom() {
  const { t } = useTranslation('entry')
  const [isAsking, { open, close }] = useDisclosure()
  if (!isInRoomKiosk()) return null
  return (
    <>
      <Button
        variant="subtle"
        color="gray"
        c="inherit"
        leftSection={<IconDoorExit size={20} aria-hidden />}
        onClick={open}
      >
        {t('room.leave')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('room.leaveQuestion')}
        confirmLabel={t('room.leaveConfirm')}
        onConfirm={() => window.close()}
        onCancel={close}
      >
        {t('room.leaveText')}
      </ConfirmDialog>
    </>
  )
}
