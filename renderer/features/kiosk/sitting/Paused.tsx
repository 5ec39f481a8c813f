import { IconPlayerPause } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import kiosk from '../kiosk.module.css'

/** The trainer has stopped the clock: the questions are covered until it goes on. */
export function Paused() {
  const { t } = useTranslation('kiosk')
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    heading.current?.focus()
  }, [])
  return (
    <div className={`${kiosk.page} ${kiosk.waiting}`}>
      <IconPlayerPause size={64} aria-hidden />
      <h1 ref={heading} tabIndex={-1} className={kiosk.title}>
        {t('paused.title')}
      </h1>
      <p className={kiosk.hint}>{t('paused.text')}</p>
    </div>
  )
}
