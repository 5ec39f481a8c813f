import { Code, Text } from '@mantine/core'
import { IconLock, IconLockOpen } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Entrance } from '../../../shared/contract/classroom.ts'
import { QrCode } from '../../ui/QrCode.tsx'
import classes from './classroom.module.css'

interface Props {
  entrance: Entrance
  /** What stands above the address, and below the code. */
  above?: ReactNode
  below?: ReactNode
}

/** What the room needs to see, large enough for a projector: the address to type, the code to scan, and the code to enter. */
export function RoomEntrance({ entrance, above, below }: Props) {
  const { t } = useTranslation('classroom')
  const { addresses, code, codeExpiresInMs } = entrance
  const [address = '', ...others] = addresses
  return (
    <>
      <div className={classes.qr}>
        <QrCode text={textOf(entrance)} label={t('panel.qr')} />
      </div>
      <div className={classes.words}>
        {above}
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
        <Protection entrance={entrance} />
        <div>
          <Text c="dimmed">{t('panel.code')}</Text>
          <bdi dir="ltr" className={classes.code}>
            {code.slice(0, 3)} {code.slice(3)}
          </bdi>
          <Text size="sm" c="dimmed">
            {t('panel.renewed', { count: Math.ceil(codeExpiresInMs / 1000) })}
          </Text>
        </div>
        {below}
      </div>
    </>
  )
}

/** What a camera reads; a kiosk compares the fingerprint, and browsers leave it alone. */
function textOf({ addresses, code, fingerprint }: Entrance): string {
  const pin = fingerprint ? `&fp=${fingerprint}` : ''
  return `${addresses[0] ?? ''}/#/join?code=${code}${pin}`
}

function Protection({ entrance }: { entrance: Entrance }) {
  const { t } = useTranslation('classroom')
  if (entrance.security === 'open') {
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
      {entrance.fingerprint && (
        <>
          <Text size="sm" c="dimmed" mt="xs">
            {t('panel.kiosk')}
          </Text>
          <Code block dir="ltr" className={classes.entrance}>
            {textOf(entrance)}
          </Code>
        </>
      )}
    </div>
  )
}
