import { Text } from '@mantine/core'
import { IconCheck, IconCircleHalf2, IconHourglass, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { GradedAnswer } from '../../../shared/contract/results.ts'
import { formatDuration } from '../../lib/duration.ts'
import { formatNumber } from '../../lib/format.ts'
import { QuestionTypeIcon } from '../assessments/questions/QuestionTypeIcon.tsx'
import classes from './attempt.module.css'
import { GivenAnswer } from './GivenAnswer.tsx'
import { GradeAnswer } from './GradeAnswer.tsx'
import { type Mark, markOf } from './mark.ts'

interface Props {
  answer: GradedAnswer
  /** Counted from 1. */
  number: number
  mayGrade: boolean
  /** Another answer waits for points. */
  hasNext: boolean
  onGraded: () => void
}

/** One question of an attempt: what the learner answered, what is right, and the points for it. */
export function AnswerCard({ answer, number, mayGrade, hasNext, onGraded }: Props) {
  const { t } = useTranslation(['results', 'assessments'])
  const { question, timeSpent } = answer
  return (
    <li className={classes.card} data-waiting={answer.isWaiting || undefined}>
      <header className={classes.cardHeader}>
        <span className={classes.number}>{number}</span>
        <span className={classes.kind}>
          <QuestionTypeIcon question={question} size={16} />
          {t(`assessments:questionType.${question.type}`)}
          {timeSpent !== null && timeSpent > 0 && ` · ${formatDuration(timeSpent)}`}
        </span>
        <Points answer={answer} />
      </header>
      <Text dir="auto" className={classes.question}>
        {question.text}
      </Text>
      <GivenAnswer answer={answer} />
      {mayGrade && answer.responseId !== null && (
        <GradeAnswer
          key={answer.points}
          answer={answer}
          responseId={answer.responseId}
          number={number}
          hasNext={hasNext}
          onGraded={onGraded}
        />
      )}
    </li>
  )
}

const icons = { right: IconCheck, partly: IconCircleHalf2, wrong: IconX, waiting: IconHourglass, open: IconHourglass }

function Points({ answer }: { answer: GradedAnswer }) {
  const { t } = useTranslation('results')
  const mark: Mark = markOf(answer)
  const Icon = icons[mark]
  const most = formatNumber(answer.question.points)
  return (
    <span className={classes.points} data-mark={mark}>
      <Icon size={18} stroke={1.9} aria-hidden />
      <span>{t(`answer.${mark}`)}</span>
      {answer.points !== null && <strong>{t('answer.points', { points: formatNumber(answer.points), most })}</strong>}
    </span>
  )
}
