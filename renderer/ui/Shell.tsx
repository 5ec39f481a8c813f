import { Burger, Drawer } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './Shell.module.css'
import { Wordmark } from './Wordmark.tsx'

interface ShellProps {
  /** The places of the app; `onLeave` closes the drawer that holds them on narrow screens. */
  nav: (onLeave: () => void) => ReactNode
  /** Above the places, and on narrow screens in the bar: the search. */
  finder: ReactNode
  /** What stands at the foot of the side bar: the account, and how things stand with the centre. */
  foot: (onLeave: () => void) => ReactNode
  /** What stands beside the name of the program, wherever that is. */
  tools?: ReactNode
  /** What stands at the end of the bar that narrow screens have instead. */
  barEnd?: ReactNode
  /** A strip above everything, such as the one of the practice centre. */
  banner?: ReactNode
  children: ReactNode
}

/** The frame around the staff's screens: places at the side, or in a drawer where the screen is narrow. */
export function Shell({ nav, finder, foot, tools, barEnd, banner, children }: ShellProps) {
  const { t } = useTranslation()
  const [isOpen, { open, close }] = useDisclosure()
  const main = useRef<HTMLElement>(null)
  const places = (
    <>
      <nav aria-label={t('nav.label')} className={classes.nav}>
        {nav(close)}
      </nav>
      <div className={classes.foot}>{foot(close)}</div>
    </>
  )
  return (
    <div className={classes.frame}>
      <button type="button" className={classes.skip} onClick={() => main.current?.focus()}>
        {t('nav.skip')}
      </button>
      <aside className={classes.side}>
        <div className={classes.top}>
          <Wordmark className={classes.wordmark} />
          {tools}
        </div>
        <div className={classes.finder}>{finder}</div>
        {places}
      </aside>
      <header className={classes.bar}>
        <Burger
          opened={isOpen}
          onClick={open}
          size="sm"
          color="#fff"
          aria-label={t('nav.open')}
          aria-expanded={isOpen}
        />
        <Wordmark />
        <div className={classes.finder}>{finder}</div>
        <div className={classes.barEnd}>{barEnd}</div>
        {tools}
      </header>
      <Drawer
        opened={isOpen}
        onClose={close}
        position="left"
        size={280}
        title={<Wordmark />}
        classNames={{ content: classes.drawer, header: classes.drawerHeader, body: classes.drawerBody }}
        closeButtonProps={{ 'aria-label': t('action.close'), className: classes.drawerClose }}
      >
        {places}
      </Drawer>
      <main ref={main} id="main" tabIndex={-1} className={classes.main}>
        {banner}
        {children}
      </main>
    </div>
  )
}
