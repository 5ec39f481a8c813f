import type { ReactNode } from 'react'
import classes from './Page.module.css'

interface PageProps {
  children: ReactNode
  /** `fill`: as wide and as high as there is room, for long lists; `read`: a column that is pleasant to read. */
  fit?: 'fill' | 'read'
}

/** The white space around a screen and the rhythm within it. */
export function Page({ children, fit = 'read' }: PageProps) {
  return <div className={`${classes.page} ${classes[fit]}`}>{children}</div>
}
