import { useEffect, useId, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { directionOf } from '../../../ui/question/direction.ts'
import { QuestionField } from '../../../ui/question/QuestionField.tsx'
import { QuestionPictures } from '../../../ui/question/QuestionPictures.tsx'
import { RichText } from '../../../ui/question/RichText.tsx'
import { BackNotice } from './BackNotice.tsx'
import { FlagButton } from './FlagButton.tsx'
import classes from './QuestionPanel.module.css'
import { useQuestionKeys } from './question-keys.ts'
import { ReadAloud } from './ReadAloud.tsx'
import { useDraft, useSessionState, useSitting } from './session-context.ts'

/** From this length on a question is a text to be read and not a line to be seen. */
const longText = 280

export function QuestionPanel() {
  const { t } = useTranslation('kiosk')
  const { attempt, session } = useSitting()
  const currentId = useSessionState((state) => state.currentId)
  const index = attempt.questions.findIndex(({ id }) => id === currentId)
  const question = attempt.questions[index]
  const answer = useDraft(currentId)?.answer ?? ''
  const labelId = useId()
  const heading = useFocusOnChange(currentId)

  const isWritten = question?.type === 'short_answer' || question?.type === 'essay'
  const write = (next: string) => session.drafts.write(currentId, next, isWritten ? 'afterPause' : 'now')
  useQuestionKeys(question, answer, write)
  if (!question) return null
  return (
    <section className={classes.panel}>
      <BackNotice />
      <h1 ref={heading} tabIndex={-1} className={classes.heading}>
        <span className={classes.position}>
          {t('attempt.position', { number: index + 1, total: attempt.questions.length })}
          <span className={classes.points}>{t('attempt.points', { count: question.points })}</span>
          {question.required && <span className={classes.required}>{t('attempt.required')}</span>}
        </span>
        <span
          id={labelId}
          className={classes.text}
          data-long={question.text.length > longText || undefined}
          dir={directionOf(question.text)}
        >
          <RichText text={question.text} />
        </span>
      </h1>
      <div className={classes.tools}>
        <FlagButton questionId={question.id} />
        <ReadAloud question={question} />
      </div>
      <QuestionPictures pictures={question.images} />
      <QuestionField key={question.id} question={question} answer={answer} onAnswer={write} labelledBy={labelId} />
    </section>
  )
}

/** Whoever cannot see the screen change hears the new question. */
function useFocusOnChange(currentId: number) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    heading.current?.focus({ preventScroll: true })
  }, [currentId])
  return heading
}
