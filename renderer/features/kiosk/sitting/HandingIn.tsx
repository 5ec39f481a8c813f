import { Loader } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import kiosk from '../kiosk.module.css'
import { useSessionState } from './session-context.ts'

/** Nothing can be changed any more, and it is not over yet. */
export function HandingIn() {
  const { t } = useTranslation('kiosk')
  const isTimeUp = useSessionState((state) => state.phase === 'timeIsUp')
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    heading.current?.focus()
  }, [])
  return (
    <div className={`${kiosk.page} ${kiosk.waiting}`}>
      <Loader size="xl" />
      <h1 ref={heading} tabIndex={-1} className={kiosk.title}>
        {t(isTimeUp ? 'handingIn.timeIsUp' : 'handingIn.title')}
      </h1>
      <p className={kiosk.hint}>{t(isTimeUp ? 'handingIn.timeIsUpText' : 'handingIn.text')}</p>
    </div>
  )
}
