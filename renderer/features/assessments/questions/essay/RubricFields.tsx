import { Button, Fieldset, Group, Stack, Text } from '@mantine/core'
import { IconPlus, IconScale } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Rubric } from '../../../../../shared/contract/questions.ts'
import classes from '../fieldset.module.css'
import { useProblem } from '../problem-context.ts'
import { CriterionFields } from './CriterionFields.tsx'
import { balanced, newCriterion, weightOf, withCriteria } from './rubric.ts'

interface Props {
  rubric: Rubric
  /** Names of the levels that a new criterion begins with. */
  levels: readonly [string, string, string]
  /** Undefined: without a rubric. */
  onChange: (rubric: Rubric | undefined) => void
}

export function RubricFields({ rubric, levels, onChange }: Props) {
  const { t } = useTranslation(['assessments', 'editor'])
  const problem = useProblem('rubric')
  const sum = weightOf(rubric)
  const setCriteria = (after: Rubric) => onChange(after.length > 0 ? withCriteria(rubric, after) : undefined)
  return (
    <Fieldset variant="unstyled" classNames={classes} legend={t('editor:rubric.title')}>
      <Stack gap="sm">
        <Text size="xs" c="var(--bdc-ink-soft)">
          {t('editor:rubric.hint')}
        </Text>
        {rubric.map((criterion, index) => (
          <CriterionFields
            key={criterion.id}
            criterion={criterion}
            number={index + 1}
            onChange={(next) => onChange(rubric.with(index, next))}
            onRemove={() => setCriteria(rubric.toSpliced(index, 1))}
          />
        ))}
        <Group justify="space-between" gap="xs">
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPlus size={16} aria-hidden />}
            disabled={rubric.length >= 20}
            onClick={() => setCriteria([...rubric, newCriterion(rubric, levels)])}
          >
            {t('editor:rubric.addCriterion')}
          </Button>
          <Group gap="xs">
            <Text size="sm" c={sum === 100 ? 'var(--bdc-ink-soft)' : 'var(--mantine-color-error)'} role="status">
              {t('editor:rubric.sum', { percent: Number.isFinite(sum) ? sum : '?' })}
            </Text>
            <Button
              variant="default"
              size="compact-sm"
              data-field="rubric"
              leftSection={<IconScale size={16} aria-hidden />}
              onClick={() => onChange(balanced(rubric))}
            >
              {t('editor:rubric.balance')}
            </Button>
          </Group>
        </Group>
        {problem && (
          <Text size="xs" c="var(--mantine-color-error)">
            {t(`problem.${problem}`)}
          </Text>
        )}
      </Stack>
    </Fieldset>
  )
}
