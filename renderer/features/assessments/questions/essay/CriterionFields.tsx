import { ActionIcon, Button, Group, Stack, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Criterion } from '../../../../../shared/contract/questions.ts'
import { NumberField } from '../../../../ui/NumberField.tsx'
import { freeOptionId } from '../../../../ui/question/choice-key.ts'
import { useProblem } from '../problem-context.ts'
import classes from './CriterionFields.module.css'

interface Props {
  criterion: Criterion
  /** Counted from 1. */
  number: number
  onChange: (criterion: Criterion) => void
  onRemove: () => void
}

export function CriterionFields({ criterion, number, onChange, onRemove }: Props) {
  const { t } = useTranslation(['assessments', 'editor'])
  const problem = useProblem(`criterion.${criterion.id}`)
  const { levels } = criterion
  const addLevel = () =>
    onChange({ ...criterion, levels: [...levels, { id: freeOptionId(levels), title: '', share: 100 }] })
  return (
    <Stack gap={6} className={classes.criterion}>
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <TextInput
          flex={1}
          miw={0}
          dir="auto"
          data-field={`criterion.${criterion.id}`}
          aria-label={t('editor:rubric.criterion', { number })}
          placeholder={t('editor:rubric.criterion', { number })}
          maxLength={500}
          value={criterion.title}
          error={problem && t(`problem.${problem}`)}
          onChange={(event) => onChange({ ...criterion, title: event.currentTarget.value })}
        />
        <Percent
          label={t('editor:rubric.weight', { number })}
          value={criterion.weight}
          onChange={(weight) => onChange({ ...criterion, weight })}
        />
        <RemoveButton label={t('editor:rubric.removeCriterion', { number })} onClick={onRemove} />
      </Group>
      {levels.map((level, index) => (
        <Group key={level.id} gap="sm" wrap="nowrap" align="flex-start" ms={24}>
          <TextInput
            flex={1}
            miw={0}
            size="xs"
            dir="auto"
            aria-label={t('editor:rubric.level', { number: index + 1 })}
            placeholder={t('editor:rubric.level', { number: index + 1 })}
            maxLength={500}
            value={level.title}
            onChange={(event) =>
              onChange({ ...criterion, levels: levels.with(index, { ...level, title: event.currentTarget.value }) })
            }
          />
          <Percent
            label={t('editor:rubric.share', { number: index + 1 })}
            value={level.share}
            onChange={(share) => onChange({ ...criterion, levels: levels.with(index, { ...level, share }) })}
          />
          <RemoveButton
            label={t('editor:rubric.removeLevel', { number: index + 1 })}
            isOff={levels.length <= 2}
            onClick={() => onChange({ ...criterion, levels: levels.toSpliced(index, 1) })}
          />
        </Group>
      ))}
      <Button
        ms={24}
        variant="subtle"
        size="compact-xs"
        className={classes.add}
        leftSection={<IconPlus size={14} aria-hidden />}
        disabled={levels.length >= 10}
        onClick={addLevel}
      >
        {t('editor:rubric.addLevel')}
      </Button>
    </Stack>
  )
}

function Percent({ label, value, onChange }: { label: string; value: number; onChange: (value: number) => void }) {
  return (
    <NumberField
      w={84}
      size="xs"
      min={0}
      max={100}
      rightSection="%"
      aria-label={label}
      value={value}
      onChange={(percent) => onChange(Math.min(100, Math.max(0, percent ?? NaN)))}
    />
  )
}

function RemoveButton({ label, isOff = false, onClick }: { label: string; isOff?: boolean; onClick: () => void }) {
  return (
    <ActionIcon variant="subtle" color="gray" aria-label={label} disabled={isOff} onClick={onClick}>
      <IconX size={16} aria-hidden />
    </ActionIcon>
  )
}
