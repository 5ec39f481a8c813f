import { Button } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../shared/contract/base.ts'
import type { GradedAnswer } from '../../../shared/contract/results.ts'
import classes from './attempt.module.css'
import { GradeForm } from './GradeForm.tsx'

interface Props {
  answer: GradedAnswer
  responseId: Id
  number: number
  hasNext: boolean
  onGraded: () => void
}

/** The points form where an answer waits for it; elsewhere a button that opens it. */
export function GradeAnswer({ answer, responseId, number, hasNext, onGraded }: Props) {
  const { t } = useTranslation('results')
  const [isChanging, setChanging] = useState(false)
  if (answer.isWaiting || isChanging) {
    return (
      <GradeForm
        responseId={responseId}
        number={number}
        points={answer.points}
        most={answer.question.points}
        hasNext={hasNext}
        isChange={isChanging}
        onGraded={onGraded}
        onCancel={() => setChanging(false)}
      />
    )
  }
  return (
    <Button
      className={classes.change}
      size="compact-sm"
      variant="subtle"
      leftSection={<IconPencil size={16} aria-hidden />}
      onClick={() => setChanging(true)}
    >
      {t('grade.change')}
    </Button>
  )
}
