import type { ReactNode } from 'react'
import classes from './Banner.module.css'

interface Props {
  /** `room`: devices can reach this computer; otherwise something to know or to do. */
  tone?: 'room'
  children: ReactNode
}

/** One line above every page, with what can be done about it. */
export function Banner({ tone, children }: Props) {
  return (
    <div role="note" className={classes.banner} data-tone={tone}>
      {children}
    </div>
  )
}
