import { Button } from '@mantine/core'
import { useIdle } from '@mantine/hooks'
import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { KioskDialog } from '../KioskDialog.tsx'

interface IdleDialogProps {
  /** Milliseconds without touch or key until nobody is thought to be there. */
  idleMs: number
  onGone: () => void
}

const warningSeconds = 15

/** Asks whether somebody is still there, and says so when nobody answers. */
export function IdleDialog({ idleMs, onGone }: IdleDialogProps) {
  const isIdle = useIdle(idleMs - warningSeconds * 1_000, { initialState: false })
  return isIdle && <Countdown onGone={onGone} />
}

/** Any touch or key ends it, because then nobody is idle any more. */
function Countdown({ onGone }: { onGone: () => void }) {
  const { t } = useTranslation('kiosk')
  const [seconds, setSeconds] = useState(warningSeconds)
  const gone = useEffectEvent(onGone)
  useEffect(() => {
    const counting = setInterval(() => setSeconds((left) => left - 1), 1_000)
    const leaving = setTimeout(gone, warningSeconds * 1_000)
    return () => {
      clearInterval(counting)
      clearTimeout(leaving)
    }
  }, [])
  return (
    <KioskDialog isOpen title={t('idle.title')} onClose={() => {}}>
      <span>{t('idle.text', { count: Math.max(0, seconds) })}</span>
      <Button size="xl" fullWidth data-autofocus>
        {t('idle.stay')}
      </Button>
    </KioskDialog>
  )
}
