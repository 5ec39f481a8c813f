import { Alert, Paper, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Classroom } from '../../../shared/contract/classroom.ts'
import { QrCode } from '../../ui/QrCode.tsx'
import classes from './classroom.module.css'
import { NetworkTest } from './NetworkTest.tsx'

/** What the room needs to see, large enough for a projector: the address to type, the code to scan, and the code to enter. */
export function RoomPanel({ room }: { room: Classroom }) {
  const { t } = useTranslation('classroom')
  const [address = '', ...others] = room.addresses
  return (
    <Paper component="section" className={classes.panel} aria-label={t('panel.label')}>
      <div className={classes.qr}>
        <QrCode text={`${address}/#/join?code=${room.code}`} label={t('panel.qr')} />
      </div>
      <div className={classes.words}>
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
        <div>
          <Text c="dimmed">{t('panel.address')}</Text>
          <bdi dir="ltr" className={classes.address}>
            {address}
          </bdi>
          {others.map((other) => (
            <Text key={other} size="sm" c="dimmed">
              {t('panel.orName')} <bdi dir="ltr">{other}</bdi>
            </Text>
          ))}
        </div>
        <div>
          <Text c="dimmed">{t('panel.code')}</Text>
          <bdi dir="ltr" className={classes.code}>
            {room.code.slice(0, 3)} {room.code.slice(3)}
          </bdi>
          <Text size="sm" c="dimmed">
            {t('panel.renewed', { count: Math.ceil(room.codeExpiresInMs / 1000) })}
          </Text>
        </div>
        <NetworkTest address={new URL(address).hostname} port={Number(new URL(address).port || 80)} />
      </div>
    </Paper>
  )
}
