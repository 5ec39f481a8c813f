import { Badge } from '@mantine/core'
import { type ReactNode, type Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../lib/session.ts'
import { ColorSchemeToggle } from '../../ui/ColorSchemeToggle.tsx'
import { LanguageMenu } from '../../ui/LanguageMenu.tsx'
import { LeaveRoom } from '../../ui/LeaveRoom.tsx'
import classes from './KioskFrame.module.css'
import { ReadingTools } from './ReadingTools.tsx'

interface KioskFrameProps {
  /** What stands first in the bar: the mark of the program, or what is being done. */
  start: ReactNode
  /** What this screen adds to language and appearance at the end of the bar. */
  end?: ReactNode
  /** A state that concerns everything below. */
  banner?: ReactNode
  /** The buttons that lead on. */
  foot?: ReactNode
  mainRef?: Ref<HTMLElement>
  children: ReactNode
}

/** The frame around the learners' screens: one bar, one thing to do, and the buttons that lead on always in sight. */
export function KioskFrame({ start, end, banner, foot, mainRef, children }: KioskFrameProps) {
  const { t } = useTranslation('kiosk')
  const me = useMe()
  const isPractice = me.kind !== 'nobody' && me.isPractice
  return (
    <div className={classes.frame}>
      <header className={classes.bar}>
        <div className={classes.start}>{start}</div>
        <div className={classes.tools}>
          {isPractice && (
            <Badge size="lg" color="saffron">
              {t('frame.practice')}
            </Badge>
          )}
          {end}
          <LeaveRoom />
          <ReadingTools />
          <LanguageMenu />
          <ColorSchemeToggle />
        </div>
      </header>
      <div aria-live="assertive">{banner}</div>
      <main ref={mainRef} className={classes.main} tabIndex={-1}>
        {children}
      </main>
      {foot && <footer className={classes.foot}>{foot}</footer>}
    </div>
  )
}
