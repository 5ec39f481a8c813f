import { Button, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../shared/contract/base.ts'
import type { GradedAnswer } from '../../../shared/contract/results.ts'
import { formatNumber } from '../../lib/format.ts'
import classes from './attempt.module.css'
import { Decide } from './grading/Decide.tsx'
import { SecondOpinionDialog } from './grading/SecondOpinionDialog.tsx'

interface Props {
  assessmentId: Id
  answer: GradedAnswer
  number: number
  mayGrade: boolean
}

/** Who marked this answer how, what it still waits for, and the way to ask for a second opinion. */
export function GivenMarks({ assessmentId, answer, number, mayGrade }: Props) {
  const { t } = useTranslation('grading')
  const [isAsking, setAsking] = useState(false)
  const { marks, need, responseId, isMineToGive, question } = answer
  const mayAsk = mayGrade && responseId !== null && need === null && marks.length > 0
  return (
    <>
      {need === 'second' && <Text size="sm">{t(isMineToGive ? 'secondIsYours' : 'notMine')}</Text>}
      {need === 'final' && responseId !== null && mayGrade ? (
        <Decide responseId={responseId} marks={marks} most={question.points} onGiven={() => undefined} />
      ) : (
        marks.map((mark) => (
          <Text key={mark.kind} size="sm" c="var(--bdc-ink-soft)" className={classes.words}>
            {t(`givenAs.${mark.kind}`, {
              count: mark.points,
              points: formatNumber(mark.points),
              name: mark.graderName ?? '–',
            })}
          </Text>
        ))
      )}
      {mayAsk && (
        <Button
          className={classes.ask}
          size="compact-sm"
          variant="subtle"
          aria-label={t('askFor', { number })}
          onClick={() => setAsking(true)}
        >
          {t('ask')}
        </Button>
      )}
      <SecondOpinionDialog
        isOpen={isAsking}
        assessmentId={assessmentId}
        responseId={responseId ?? undefined}
        onClose={() => setAsking(false)}
      />
    </>
  )
}
