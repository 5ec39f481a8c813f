import { Alert, Paper } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Classroom } from '../../../shared/contract/classroom.ts'
import classes from './classroom.module.css'
import { NetworkTest } from './NetworkTest.tsx'
import { RoomEntrance } from './RoomEntrance.tsx'

/** How devices come in, and what keeps them from it. */
export function RoomPanel({ room }: { room: Classroom }) {
  const { t } = useTranslation('classroom')
  const [address = ''] = room.addresses
  return (
    <Paper component="section" className={classes.panel} aria-label={t('panel.label')}>
      <RoomEntrance
        entrance={room}
        above={
          <>
            {room.state === 'silent' && (
              <Alert color="brick" icon={<IconAlertTriangle aria-hidden />} role="alert">
                {t('panel.silent')}
              </Alert>
            )}
            {room.alarms > 0 && (
              <Alert color="saffron" icon={<IconAlertTriangle aria-hidden />}>
                {t('panel.alarms', { count: room.alarms })}
              </Alert>
            )}
          </>
        }
        below={<NetworkTest address={new URL(address).hostname} port={Number(new URL(address).port || 80)} />}
      />
    </Paper>
  )
}
