import type { ReactNode } from 'react'
import classes from './FieldGroup.module.css'

/** Fields that belong together, in two columns where there is room; a child with `data-wide` takes both. */
export function FieldGroup({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className={classes.group}>
      <legend className={classes.title}>{title}</legend>
      <div className={classes.fields}>{children}</div>
    </fieldset>
  )
}
