import { Group, Input, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AcceptedAnswer } from '../../../../shared/contract/questions.ts'
import { formatNumber } from '../../../lib/format.ts'
import { NumberField } from '../../../ui/NumberField.tsx'
import { useProblem } from './problem-context.ts'
import { rangeOf, toleratedIn } from './tolerance.ts'

interface Props {
  answer: Extract<AcceptedAnswer, { min: number }>
  index: number
  onChange: (answer: AcceptedAnswer) => void
}

/** A number that is right, and how far from it an answer may be. */
export function NumberAnswer({ answer, index, onChange }: Props) {
  const { t } = useTranslation(['assessments', 'editor'])
  const problem = useProblem(`accepted.${index}`)
  const number = index + 1
  const [tolerated, setTolerated] = useState(() => toleratedIn(answer))
  const write = (change: Partial<typeof tolerated>) => {
    const next = { ...tolerated, ...change }
    setTolerated(next)
    onChange({ ...answer, ...rangeOf(next) })
  }
  return (
    <Stack gap={4} flex={1} miw={0}>
      <Group gap="xs" wrap="nowrap">
        <NumberField
          flex={2}
          miw={0}
          data-field={`accepted.${index}`}
          aria-label={t('editor:accepted.number', { number })}
          placeholder={t('editor:accepted.numberShort')}
          value={tolerated.number}
          error={Boolean(problem)}
          onChange={(value) => write({ number: value ?? NaN })}
        />
        <Text c="var(--bdc-ink-soft)" aria-hidden>
          ±
        </Text>
        <NumberField
          flex={1}
          miw={0}
          aria-label={t('editor:accepted.tolerance', { number })}
          placeholder="0"
          min={0}
          value={tolerated.tolerance === 0 ? null : tolerated.tolerance}
          error={Boolean(problem)}
          onChange={(value) => write({ tolerance: value ?? 0 })}
        />
      </Group>
      {answer.min < answer.max && (
        <Text size="xs" c="var(--bdc-ink-soft)">
          {t('editor:accepted.range', { from: formatNumber(answer.min), to: formatNumber(answer.max) })}
        </Text>
      )}
      {problem && <Input.Error>{t(`problem.${problem}`)}</Input.Error>}
    </Stack>
  )
}
