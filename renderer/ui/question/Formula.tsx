import { lazy, Suspense } from 'react'
import classes from './Formula.module.css'
import { FormulaSource } from './FormulaSource.tsx'

export interface FormulaProps {
  /** LaTeX. */
  tex: string
  /** On a line of its own. */
  isDisplay: boolean
}

/** The typesetter is loaded with the first formula. Without it, as after a lost connection, the source can be read. */
const TypesetFormula = lazy(() =>
  import('./TypesetFormula.tsx').then(
    (module) => ({ default: module.TypesetFormula }),
    () => ({ default: FormulaSource }),
  ),
)

/** Letters of LaTeX from which on a formula may not fit beside a thumb. */
const longFormula = 40

/** A formula runs from left to right in every language and says nothing about the direction of the text around it. */
export function Formula(props: FormulaProps) {
  return (
    <bdi
      dir="ltr"
      className={props.isDisplay ? classes.display : classes.inline}
      data-long={props.tex.length > longFormula || undefined}
    >
      <Suspense fallback={<FormulaSource {...props} />}>
        <TypesetFormula {...props} />
      </Suspense>
    </bdi>
  )
}
