import type { ReactNode } from 'react'
import { ColorSchemeToggle } from './ColorSchemeToggle.tsx'
import classes from './EntryFrame.module.css'
import { LanguageMenu } from './LanguageMenu.tsx'
import { usePageTitle } from './page-title.ts'
import { Wordmark } from './Wordmark.tsx'

interface EntryFrameProps {
  /** Names the window. */
  title: string
  /** What stands on the cover beside the form; left out where the screen is narrow. */
  cover: ReactNode
  /** Off where the page itself asks for the language. */
  hasLanguageMenu?: boolean
  children: ReactNode
}

/** The frame of the screens before somebody is in: a cover and a form. */
export function EntryFrame({ title, cover, hasLanguageMenu = true, children }: EntryFrameProps) {
  usePageTitle(title)
  return (
    <div className={classes.frame}>
      <header className={classes.cover}>
        <Wordmark />
        <div className={classes.words}>{cover}</div>
        <Pages />
      </header>
      <main id="main" tabIndex={-1} className={classes.side}>
        <div className={classes.tools}>
          {hasLanguageMenu && <LanguageMenu />}
          <ColorSchemeToggle />
        </div>
        <div className={classes.main}>{children}</div>
      </main>
    </div>
  )
}

/** The pages of the open book from close by. */
function Pages() {
  return (
    <svg className={classes.pages} viewBox="0 0 480 320" preserveAspectRatio="xMidYMax slice" aria-hidden="true">
      {Array.from({ length: 9 }, (_, page) => (
        <path
          key={page}
          d={`M240 ${76 + page * 30}C 180 ${26 + page * 30} 80 ${26 + page * 30} -20 ${70 + page * 26}`}
        />
      ))}
      {Array.from({ length: 9 }, (_, page) => (
        <path
          key={page}
          d={`M240 ${76 + page * 30}C 300 ${26 + page * 30} 400 ${26 + page * 30} 500 ${70 + page * 26}`}
        />
      ))}
      <path className={classes.spine} d="M240 76V330" />
    </svg>
  )
}
