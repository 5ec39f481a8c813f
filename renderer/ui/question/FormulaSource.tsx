import classes from './Formula.module.css'

/** A formula that cannot be set, as its author wrote it. */
export function FormulaSource({ tex }: { tex: string }) {
  return <code className={classes.source}>{tex}</code>
}
