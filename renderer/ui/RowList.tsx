import type { ReactNode } from 'react'
import classes from './RowList.module.css'

/** A short list of things with what can be done with each. Plain where what is around it has a frame already. */
export function RowList({ isPlain = false, children }: { isPlain?: boolean; children: ReactNode }) {
  return (
    <ul className={classes.list} data-plain={isPlain || undefined}>
      {children}
    </ul>
  )
}

interface RowProps {
  name: ReactNode
  /** What there is to know, one line for each. */
  facts: ReactNode[]
  actions?: ReactNode
}

export function Row({ name, facts, actions }: RowProps) {
  return (
    <li className={classes.row}>
      <Words name={name} facts={facts} />
      {actions}
    </li>
  )
}

/** A row whose parts stand under those of the row above; `columns` names them. */
export function GridRow({ columns, children }: { columns: string; children: ReactNode }) {
  return <li className={`${classes.gridRow} ${columns}`}>{children}</li>
}

interface WordsProps extends Pick<RowProps, 'name' | 'facts'> {
  /** Not what the row is called by. */
  isQuiet?: boolean
}

export function Words({ name, facts, isQuiet = false }: WordsProps) {
  return (
    <div className={classes.words}>
      <span className={isQuiet ? undefined : classes.name}>{name}</span>
      {facts.map((fact, line) => (
        <span key={line} className={classes.small}>
          {fact}
        </span>
      ))}
    </div>
  )
}

/** What stands behind a name in brackets. */
export function Remark({ children }: { children: ReactNode }) {
  return <span className={classes.small}>({children})</span>
}
