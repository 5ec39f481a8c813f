import { ActionIcon, Text } from '@mantine/core'
import { IconCheck, IconCircleHalf2, IconHourglass, IconPencil, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../shared/contract/base.ts'
import type { GradedAnswer } from '../../../shared/contract/results.ts'
import { formatDuration } from '../../lib/duration.ts'
import { formatNumber } from '../../lib/format.ts'
import { focusOnMount } from '../../ui/focus-on-mount.ts'
import { QuestionPictures } from '../../ui/question/QuestionPictures.tsx'
import { QuestionTypeIcon } from '../../ui/question/QuestionTypeIcon.tsx'
import { RichText } from '../../ui/question/RichText.tsx'
import classes from './attempt.module.css'
import { GivenAnswer } from './GivenAnswer.tsx'
import { GivenMarks } from './GivenMarks.tsx'
import { GradeForm } from './GradeForm.tsx'
import { type Mark, markOf } from './mark.ts'

interface Props {
  assessmentId: Id
  answer: GradedAnswer
  /** Counted from 1. */
  number: number
  mayGrade: boolean
  /** Another answer waits for points. */
  hasNext: boolean
  onGraded: () => void
}

/** One question of an attempt: what the learner answered, what is right, and the points for it. */
export function AnswerCard({ assessmentId, answer, number, mayGrade, hasNext, onGraded }: Props) {
  const { t } = useTranslation(['results', 'question'])
  const { question, timeSpent } = answer
  const [change, setChange] = useState<'none' | 'open' | 'done'>('none')
  const isChanging = change === 'open'
  const responseId = mayGrade && answer.isMineToGive ? answer.responseId : null
  const mayChange = responseId !== null && !answer.isWaiting && !isChanging
  return (
    <li className={classes.card} data-waiting={answer.isWaiting || undefined}>
      <header className={classes.cardHeader}>
        <span className={classes.number}>{number}</span>
        <span className={classes.kind}>
          <QuestionTypeIcon question={question} size={16} />
          {t(`question:type.${question.type}`)}
          {timeSpent !== null && timeSpent > 0 && ` · ${formatDuration(timeSpent)}`}
        </span>
        <div className={classes.side}>
          <Points answer={answer} />
          {mayChange && (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('grade.changeOf', { number })}
              ref={change === 'done' ? focusOnMount : undefined}
              onClick={() => setChange('open')}
            >
              <IconPencil size={17} stroke={1.6} aria-hidden />
            </ActionIcon>
          )}
        </div>
      </header>
      <Text dir="auto" className={classes.question}>
        <RichText text={question.text} />
      </Text>
      <QuestionPictures pictures={question.images} />
      <GivenAnswer answer={answer} />
      {answer.comment && (
        <Text size="sm" dir="auto" className={classes.words}>
          {t('answer.comment', { comment: answer.comment })}
        </Text>
      )}
      <GivenMarks assessmentId={assessmentId} answer={answer} number={number} mayGrade={mayGrade} />
      {responseId !== null && (answer.isWaiting || isChanging) && (
        <GradeForm
          responseId={responseId}
          number={number}
          points={answer.points}
          most={question.points}
          hasNext={hasNext}
          isChange={isChanging}
          onGraded={() => (isChanging ? setChange('done') : onGraded())}
          onCancel={() => setChange('done')}
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
  const words = answer.question.type === 'essay' ? 'essay' : 'keyed'
  const most = formatNumber(answer.question.points)
  return (
    <span className={classes.points} data-mark={mark}>
      <Icon size={18} stroke={1.9} aria-hidden />
      <span className={classes.markWord}>{t(`answer.${words}.${mark}`)}</span>
      {answer.points !== null && <strong>{t('answer.points', { points: formatNumber(answer.points), most })}</strong>}
    </span>
  )
}
