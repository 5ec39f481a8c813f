import { IconClock, IconClockPause } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isStandingStill, remainingAt } from '../exam-clock.ts'
import { clockFace } from './clock-face.ts'
import { useSessionState, useSitting } from './session-context.ts'
import classes from './Timer.module.css'

/** The time that is left, with a warning in words. Renders nothing without a time limit. */
export function Timer() {
  const { t } = useTranslation('kiosk')
  const hasLimit = useSessionState((state) => state.clock.remainingMs !== null)
  const { seconds, isStill } = useRemaining()
  if (!hasLimit || seconds === null) return null
  const warning = isStill ? 'still' : warningAt(seconds)
  return (
    <div className={classes.timer} data-warning={warning ?? undefined}>
      <span role="timer" aria-label={t('timer.left')} className={classes.face}>
        {isStill ? <IconClockPause size={24} aria-hidden /> : <IconClock size={24} aria-hidden />}
        <bdi dir="ltr">{clockFace(seconds)}</bdi>
      </span>
      <span aria-live="polite" className={classes.words}>
        {warning && t(`timer.${warning}`)}
      </span>
    </div>
  )
}

function warningAt(seconds: number): 'up' | 'underOne' | 'underFive' | null {
  if (seconds === 0) return 'up'
  if (seconds <= 60) return 'underOne'
  return seconds <= 300 ? 'underFive' : null
}

/** Reads the clock four times a second, and lets the screen change once. */
function useRemaining() {
  const { store } = useSitting().session
  const [reading, setReading] = useState<{ seconds: number | null; isStill: boolean }>({
    seconds: null,
    isStill: false,
  })
  useEffect(() => {
    function read() {
      const { clock } = store.getState()
      const left = remainingAt(clock, performance.now())
      const seconds = left === null ? null : Math.ceil(left / 1_000)
      const isStill = isStandingStill(clock, performance.now())
      setReading((last) => (last.seconds === seconds && last.isStill === isStill ? last : { seconds, isStill }))
    }
    read()
    const reading = setInterval(read, 250)
    return () => clearInterval(reading)
  }, [store])
  return reading
}
