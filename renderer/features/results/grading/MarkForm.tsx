import { Button, Text, Textarea } from '@mantine/core'
import { type FormEvent, type KeyboardEvent, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../../shared/contract/base.ts'
import type { Question } from '../../../../shared/contract/questions.ts'
import { type RubricChoice, rubricPoints } from '../../../../shared/rubric.ts'
import { formatNumber } from '../../../lib/format.ts'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { focusOnMount } from '../../../ui/focus-on-mount.ts'
import { NumberField } from '../../../ui/NumberField.tsx'
import { mayGive } from '../mark.ts'
import { useGrading } from '../use-grading.ts'
import { RubricFields } from './RubricFields.tsx'

interface Props {
  responseId: Id
  question: Question
  isLast: boolean
  onGiven: (points: number) => void
  /** Whether something is entered that is not saved. */
  onDirty: (isDirty: boolean) => void
}

/** Points by rubric or free, and a comment; Enter saves, Control and Enter within the comment. */
export function MarkForm({ responseId, question, isLast, onGiven, onDirty }: Props) {
  const { t } = useTranslation('grading')
  const grading = useGrading()
  const rubric = question.type === 'essay' ? question.rubric : undefined
  const [chosen, setChosen] = useState<RubricChoice>({})
  const [free, setFree] = useState<number | null>(null)
  const [comment, setComment] = useState('')
  const [isWrong, setWrong] = useState(false)
  const entered = JSON.stringify({ chosen, free: String(free), comment })
  const [saved, setSaved] = useState(entered)
  const isDirty = entered !== saved
  useEffect(() => {
    onDirty(isDirty)
    return () => onDirty(false)
  }, [isDirty, onDirty])
  const most = question.points
  const points = rubric ? rubricPoints(rubric, chosen, most) : (free ?? undefined)

  const save = (event?: FormEvent) => {
    event?.preventDefault()
    const isPossible = points !== undefined && mayGive(points, most)
    setWrong(!isPossible)
    if (!isPossible || grading.isPending) return
    const mark = { responseId, points: Math.round(points * 100) / 100, comment, ...(rubric && { rubric: chosen }) }
    grading.mutate(mark, {
      onSuccess: () => {
        setSaved(entered)
        onGiven(mark.points)
      },
    })
  }
  const saveWithEnter = (event: KeyboardEvent) => {
    const isInText = event.target instanceof HTMLTextAreaElement
    if (event.key !== 'Enter' || event.target instanceof HTMLButtonElement) return
    if (isInText && !event.ctrlKey && !event.metaKey) return
    event.preventDefault()
    save()
  }
  return (
    <form noValidate onSubmit={save} onKeyDown={saveWithEnter} style={{ display: 'grid', gap: '0.75rem' }}>
      {rubric ? (
        <RubricFields rubric={rubric} chosen={chosen} onChoose={setChosen} />
      ) : (
        <NumberField
          ref={focusOnMount}
          label={t('points', { most: formatNumber(most) })}
          value={free}
          onChange={setFree}
          min={0}
          max={most}
          step={0.5}
        />
      )}
      <Textarea
        autosize
        minRows={2}
        maxRows={8}
        dir="auto"
        maxLength={5000}
        label={t('comment')}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
      <Text size="sm" role="status">
        {points === undefined || Number.isNaN(points)
          ? t('noPoints')
          : t('sum', { count: most, points: formatNumber(points), most: formatNumber(most) })}
      </Text>
      {isWrong && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {rubric ? t('levelMissing') : t('outOfRange', { count: most, most: formatNumber(most) })}
        </Text>
      )}
      <FormProblem error={grading.error} />
      <Button type="submit" loading={grading.isPending}>
        {t(isLast ? 'save' : 'saveAndNext')}
      </Button>
    </form>
  )
}
