import type { ReactNode } from 'react'
import classes from './ListCells.module.css'

/** Around a table of a screen, which takes the room that is left and whose cells know how much that is. */
export function TableFrame({ children }: { children: ReactNode }) {
  return <div className={classes.table}>{children}</div>
}

/** The cell by which a row is known: what it is called, and below that what there is to know. */
export function NameCell({ name, facts }: { name: ReactNode; facts: ReactNode }) {
  return (
    <>
      <div className={classes.name}>{name}</div>
      <div className={classes.facts}>{facts}</div>
    </>
  )
}
