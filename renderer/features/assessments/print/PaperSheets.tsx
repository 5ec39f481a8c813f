import { Fragment } from 'react'
import { AnswerSheet } from './AnswerSheet.tsx'
import { KeySheet } from './KeySheet.tsx'
import classes from './print.module.css'
import type { PaperHeading, PrintOptions } from './print-options.ts'
import { QuestionSheet } from './QuestionSheet.tsx'
import type { PaperVersion } from './versions.ts'

interface Props extends PaperHeading {
  versions: readonly PaperVersion[]
  options: PrintOptions
}

/** Papers first, one version after the other, and all keys behind them, so that nobody hands a key out with a paper. */
export function PaperSheets({ versions, options: { parts, paper }, ...heading }: Props) {
  return (
    <div className={classes.sheets} data-paper={paper}>
      {versions.map((version) => (
        <Fragment key={version.letter ?? ''}>
          {parts.questions && <QuestionSheet version={version} heading={heading} hasAnswerSheet={parts.answerSheet} />}
          {parts.answerSheet && <AnswerSheet version={version} heading={heading} />}
        </Fragment>
      ))}
      {parts.key &&
        versions.map((version) => <KeySheet key={version.letter ?? ''} version={version} title={heading.title} />)}
    </div>
  )
}
