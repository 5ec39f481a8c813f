import { Alert, Code, Paper, Text } from '@mantine/core'
import { IconAlertTriangle, IconLock, IconLockOpen } from '@tabler/icons-react'
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
        <QrCode text={entranceOf(room)} label={t('panel.qr')} />
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
        <Protection room={room} />
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

/** What a camera reads; a kiosk compares the fingerprint, and browsers leave it alone. */
function entranceOf({ addresses, code, fingerprint }: Classroom): string {
  const pin = fingerprint ? `&fp=${fingerprint}` : ''
  return `${addresses[0] ?? ''}/#/join?code=${code}${pin}`
}

function Protection({ room }: { room: Classroom }) {
  const { t } = useTranslation('classroom')
  if (room.security === 'open') {
    return (
      <Text size="sm">
        <IconLockOpen size={16} aria-hidden className={classes.lock} /> {t('panel.notEncrypted')}
      </Text>
    )
  }
  return (
    <div>
      <Text size="sm">
        <IconLock size={16} aria-hidden className={classes.lock} /> {t('panel.encrypted')}
      </Text>
      {room.fingerprint && (
        <>
          <Text size="sm" c="dimmed" mt="xs">
            {t('panel.kiosk')}
          </Text>
          <Code block dir="ltr" className={classes.entrance}>
            {entranceOf(room)}
          </Code>
        </>
      )}
    </div>
  )
}
