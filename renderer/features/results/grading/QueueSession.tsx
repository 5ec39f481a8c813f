import { Button, Group, Text } from '@mantine/core'
import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../../shared/contract/base.ts'
import type { GradingQueue, WaitingAnswer } from '../../../../shared/contract/grading.ts'
import type { Question } from '../../../../shared/contract/questions.ts'
import { formatNumber } from '../../../lib/format.ts'
import { LeaveDialog, UnsavedGuard } from '../../../lib/UnsavedGuard.tsx'
import { QuestionPictures } from '../../../ui/question/QuestionPictures.tsx'
import { RichText } from '../../../ui/question/RichText.tsx'
import { Decide } from './Decide.tsx'
import classes from './grading.module.css'
import { MarkForm } from './MarkForm.tsx'

/** Stays on the answers that were there at the beginning, so that the way back leads to what has just been graded. */
export function QueueSession({ queue, empty }: { queue: GradingQueue; empty: ReactNode }) {
  const { t } = useTranslation('grading')
  const [answers] = useState(queue.answers)
  const [questions] = useState(() => new Map(queue.questions.map(({ id, question }) => [id, question])))
  const [given, setGiven] = useState<ReadonlyMap<Id, number>>(new Map())
  const [at, setAt] = useState(0)
  const [wanted, setWanted] = useState<number | null>(null)
  const isDirty = useRef(false)
  const [onDirty] = useState(() => (next: boolean) => {
    isDirty.current = next
  })
  const answer = answers[at]
  const question = answer && questions.get(answer.questionId)
  if (!answer || !question) return empty
  const isLast = at === answers.length - 1
  const points = given.get(answer.responseId)
  const onGiven = (points: number) => {
    setGiven((before) => new Map(before).set(answer.responseId, points))
    if (!isLast) setAt(at + 1)
  }
  const go = (to: number) => (isDirty.current ? setWanted(to) : setAt(to))
  return (
    <>
      <UnsavedGuard isDirty={() => isDirty.current} isOfSearch />
      <LeaveDialog
        isOpen={wanted !== null}
        onLeave={() => {
          setAt(wanted ?? at)
          setWanted(null)
        }}
        onStay={() => setWanted(null)}
      />
      <Group justify="space-between" gap="sm">
        <Text size="sm" role="status">
          {t('progress', { number: at + 1, count: answers.length, done: given.size })}
        </Text>
        <Group gap="xs">
          <Button variant="default" size="xs" disabled={at === 0} onClick={() => go(at - 1)}>
            {t('previous')}
          </Button>
          <Button variant="default" size="xs" disabled={isLast} onClick={() => go(at + 1)}>
            {t('next')}
          </Button>
        </Group>
      </Group>
      <div className={classes.columns}>
        <Answer answer={answer} question={question} />
        <section className={classes.card} aria-label={t('mark')}>
          {points !== undefined && <Text size="sm">{t('saved', { count: points, points: formatNumber(points) })}</Text>}
          {answer.need === 'final' && points === undefined && (
            <Decide responseId={answer.responseId} marks={answer.marks} most={question.points} onGiven={onGiven} />
          )}
          {answer.isMineToGive ? (
            <MarkForm
              key={answer.responseId}
              responseId={answer.responseId}
              question={question}
              isLast={isLast}
              onGiven={onGiven}
              onDirty={onDirty}
            />
          ) : (
            <Text>{t('notMine')}</Text>
          )}
        </section>
      </div>
    </>
  )
}

function Answer({ answer, question }: { answer: WaitingAnswer; question: Question }) {
  const { t } = useTranslation('grading')
  const { learnerName, learnerNumber, need } = answer
  const sample = question.type === 'essay' ? question.sampleAnswer : undefined
  return (
    <section className={classes.card} aria-label={t('answer')}>
      <Text size="sm" c="var(--bdc-ink-soft)">
        <bdi>{learnerName ?? t('learner', { number: learnerNumber })}</bdi>
        {need !== 'mark' && ` · ${t(`need.${need}`)}`}
      </Text>
      <Text dir="auto" fw={600} className={classes.words}>
        <RichText text={question.text} />
      </Text>
      <QuestionPictures pictures={question.images} />
      <blockquote className={classes.answer} dir="auto">
        {answer.answer}
      </blockquote>
      {sample && (
        <details>
          <summary>{t('sample')}</summary>
          <Text dir="auto" className={classes.words}>
            {sample}
          </Text>
        </details>
      )}
    </section>
  )
}
