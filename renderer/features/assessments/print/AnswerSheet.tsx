import { useTranslation } from 'react-i18next'
import type { Question } from '../../../../shared/contract/questions.ts'
import { optionLetters } from '../../../ui/question/option-letters.ts'
import classes from './print.module.css'
import type { PaperHeading } from './print-options.ts'
import { linesFor } from './QuestionSheet.tsx'
import { SheetHead } from './SheetHead.tsx'
import type { PaperVersion } from './versions.ts'
import { WritingLines } from './WritingLines.tsx'

/** Where all answers go, quick to mark beside the key of the same version. */
export function AnswerSheet({ version, heading }: { version: PaperVersion; heading: PaperHeading }) {
  const { t } = useTranslation('print')
  return (
    <section className={classes.sheet} data-sheet="answers">
      <SheetHead heading={heading} version={version} part={t('part.answerSheet')} />
      <ol className={classes.answers}>
        {version.questions.map(({ id, question }, index) => (
          <li key={id} className={classes.answer} data-wide={isWritten(question) || undefined}>
            <span className={classes.number}>{index + 1}</span>
            <AnswerRoom question={question} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function AnswerRoom({ question }: { question: Question }) {
  const { t, i18n } = useTranslation('question')
  const letters = optionLetters(i18n.language)
  if (question.type === 'short_answer') return <WritingLines count={1} />
  if (question.type === 'essay') return <WritingLines count={linesFor(question.points)} />
  const marks =
    question.type === 'true_false' ? [t('true'), t('false')] : question.options.map((_, index) => letters[index] ?? '')
  return (
    <span className={classes.marks}>
      {marks.map((mark) => (
        <span key={mark} className={classes.mark} data-word={mark.length > 1 || undefined}>
          {mark}
        </span>
      ))}
    </span>
  )
}

function isWritten({ type }: Question): boolean {
  return type === 'short_answer' || type === 'essay'
}
