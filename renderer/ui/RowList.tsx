import type { ReactNode } from 'react'
import classes from './RowList.module.css'

/** A short list of things with what can be done with each. */
export function RowList({ children }: { children: ReactNode }) {
  return <ul className={classes.list}>{children}</ul>
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
      <div className={classes.words}>
        <span className={classes.name}>{name}</span>
        {facts.map((fact, line) => (
          <span key={line} className={classes.small}>
            {fact}
          </span>
        ))}
      </div>
      {actions}
    </li>
  )
}
