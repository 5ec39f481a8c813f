import { useTranslation } from 'react-i18next'
import type { AcceptedAnswer, Question } from '../../../shared/contract/questions.ts'
import classes from './AnswerKey.module.css'
import { keyOf } from './choice-key.ts'
import { OptionList } from './OptionList.tsx'
import { trueFalseOptions } from './true-false-options.ts'

/** What is right, as its author wants to check it at a glance. */
export function AnswerKey({ question }: { question: Question }) {
  const { t } = useTranslation('question')
  switch (question.type) {
    case 'multiple_choice':
      return <OptionList options={question.options} showsCredits={keyOf(question) === null} />
    case 'true_false':
      return (
        <OptionList
          options={trueFalseOptions(question.correct, { true: t('true'), false: t('false') })}
          showsCredits={false}
        />
      )
    case 'short_answer':
      return <AcceptedAnswers accepted={question.accepted} />
    case 'essay':
      return <div className={classes.note}>{t('key.essay')}</div>
  }
}

function AcceptedAnswers({ accepted }: { accepted: readonly AcceptedAnswer[] }) {
  const { t } = useTranslation('question')
  return (
    <div>
      <div className={classes.label}>{t('key.accepted', { count: accepted.length })}</div>
      <ul className={classes.accepted}>
        {accepted.map((answer) => (
          <li key={acceptedText(answer)}>
            <bdi>{acceptedText(answer)}</bdi>
            {answer.credit < 100 && ` · ${t('key.percent', { percent: answer.credit })}`}
          </li>
        ))}
      </ul>
    </div>
  )
}

function acceptedText(answer: AcceptedAnswer): string {
  if ('text' in answer) return answer.text
  return answer.min === answer.max ? String(answer.min) : `${answer.min} – ${answer.max}`
}
