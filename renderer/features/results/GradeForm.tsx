import { Button, Group, Text } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../shared/contract/base.ts'
import { formatNumber } from '../../lib/format.ts'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { focusOnMount } from '../../ui/focus-on-mount.ts'
import { NumberField } from '../../ui/NumberField.tsx'
import classes from './attempt.module.css'
import { mayGive } from './mark.ts'
import { useGrading } from './use-grading.ts'

interface Props {
  responseId: Id
  number: number
  points: number | null
  most: number
  hasNext: boolean
  isChange: boolean
  onGraded: () => void
  onCancel: () => void
}

/** Gives points to one answer: type them, press Enter, and the next answer that waits has the focus. */
export function GradeForm({ responseId, number, points, most, hasNext, isChange, onGraded, onCancel }: Props) {
  const { t } = useTranslation('results')
  const grading = useGrading()
  const [given, setGiven] = useState(points)
  const [isWrong, setWrong] = useState(false)

  const save = async (event: FormEvent) => {
    event.preventDefault()
    const isPossible = given !== null && mayGive(given, most)
    setWrong(!isPossible)
    if (!isPossible || grading.isPending) return
    await grading.mutateAsync({ responseId, points: Math.round(given * 100) / 100 }).then(onGraded, () => undefined)
  }
  return (
    <form className={classes.grade} noValidate onSubmit={(event) => void save(event)}>
      <Group align="flex-start" gap="sm">
        <NumberField
          w={130}
          data-grade={responseId}
          ref={isChange ? focusOnMount : undefined}
          aria-label={t('grade.points', { number })}
          value={given}
          onChange={setGiven}
          min={0}
          max={most}
          step={0.5}
          error={isWrong && t('grade.outOfRange', { count: most, most: formatNumber(most) })}
          rightSection={
            <Text size="sm" c="var(--bdc-ink-soft)">
              {t('grade.of', { most: formatNumber(most) })}
            </Text>
          }
          rightSectionWidth={64}
          rightSectionPointerEvents="none"
        />
        <QuickPoints most={most} onGive={setGiven} />
        <Button type="submit" loading={grading.isPending}>
          {t(hasNext && !isChange ? 'grade.saveAndNext' : 'grade.save')}
        </Button>
        {isChange && (
          <Button variant="subtle" color="gray" onClick={onCancel}>
            {t('grade.cancel')}
          </Button>
        )}
      </Group>
      <FormProblem error={grading.error} />
    </form>
  )
}

function QuickPoints({ most, onGive }: { most: number; onGive: (points: number) => void }) {
  const { t } = useTranslation('results')
  const choices = [
    { name: 'none', points: 0 },
    { name: 'half', points: most / 2 },
    { name: 'full', points: most },
  ] as const
  return (
    <Button.Group>
      {choices.map(({ name, points }) => (
        <Button key={name} variant="default" px="sm" onClick={() => onGive(points)}>
          {t(`grade.${name}`)}
        </Button>
      ))}
    </Button.Group>
  )
}
