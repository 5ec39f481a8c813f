import { Button, Checkbox, Fieldset, Group, SegmentedControl, Stack, Switch, Text } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChoiceOption } from '../../../../shared/contract/questions.ts'
import {
  type ChoiceKey,
  type ChoiceQuestion,
  freeOptionId,
  keyOf,
  rightOptions,
  withKey,
  withSelection,
} from '../../../ui/question/choice-key.ts'
import { ChoiceDetails } from './ChoiceDetails.tsx'
import { ChoiceRow } from './ChoiceRow.tsx'
import classes from './fieldset.module.css'
import { useProblem } from './problem-context.ts'
import selectionClasses from './selection.module.css'

interface Props {
  draft: ChoiceQuestion
  onChange: (draft: ChoiceQuestion) => void
}

export function ChoiceFields({ draft, onChange }: Props) {
  const { t } = useTranslation(['assessments', 'editor'])
  const problem = useProblem('options')
  const problemId = useId()
  const key = keyOf(draft)
  const [isDetailed, setDetailed] = useState(
    () => !key || draft.options.some((option) => option.feedback || option.picture),
  )
  const right = key ?? { right: rightOptions(draft.options), costsPoints: true }

  const setKey = (next: ChoiceKey) => onChange({ ...draft, options: withKey(draft.options, draft.selection, next) })
  const setOptions = (options: ChoiceOption[]) => {
    onChange({
      ...draft,
      options: key ? withKey(options, draft.selection, { ...key, right: rightOptions(options) }) : options,
    })
  }

  return (
    <Fieldset
      variant="unstyled"
      classNames={classes}
      aria-describedby={problem && problemId}
      legend={t('editor.options')}
    >
      <Stack gap="xs">
        <SelectionFields draft={draft} onChange={onChange} />
        {draft.options.map((option, index) => (
          <ChoiceRow
            key={option.id}
            option={option}
            number={index + 1}
            selection={draft.selection}
            isDetailed={isDetailed}
            onRight={(isRight) => setKey({ ...right, right: marked(right.right, draft.selection, option.id, isRight) })}
            onChange={(next) =>
              onChange({ ...draft, options: draft.options.map((one) => (one.id === next.id ? next : one)) })
            }
            onEnter={() => index === draft.options.length - 1 && setOptions(withBlank(draft.options))}
            onRemove={
              draft.options.length > 2 ? () => setOptions(draft.options.filter((one) => one !== option)) : undefined
            }
          />
        ))}
        {problem && (
          <Text size="xs" c="var(--mantine-color-error)" id={problemId}>
            {t(`problem.${problem}`)}
          </Text>
        )}
        <Group justify="space-between">
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPlus size={16} aria-hidden />}
            disabled={draft.options.length >= 26}
            onClick={() => setOptions(withBlank(draft.options))}
          >
            {t('editor.addOption')}
          </Button>
          <Switch
            size="xs"
            label={t('editor:choice.detailed')}
            checked={isDetailed}
            onChange={(event) => setDetailed(event.currentTarget.checked)}
          />
        </Group>
        {isDetailed && <ChoiceDetails draft={draft} onChange={onChange} />}
        {draft.selection === 'many' && key && (
          <Checkbox
            size="sm"
            label={t('editor.wrongCosts')}
            description={t('editor.wrongCostsHint')}
            checked={key.costsPoints}
            onChange={(event) => setKey({ ...key, costsPoints: event.currentTarget.checked })}
          />
        )}
      </Stack>
    </Fieldset>
  )
}

function SelectionFields({ draft, onChange }: Props) {
  const { t } = useTranslation('assessments')
  return (
    <SegmentedControl
      size="sm"
      aria-label={t('editor.selection')}
      classNames={{ root: selectionClasses.root, label: selectionClasses.label }}
      data={[
        { value: 'one', label: t('editor.selectionOne') },
        { value: 'many', label: t('editor.selectionMany') },
      ]}
      value={draft.selection}
      onChange={(selection) => onChange(withSelection(draft, selection === 'many' ? 'many' : 'one'))}
    />
  )
}

function marked(right: ReadonlySet<string>, selection: 'one' | 'many', id: string, isRight: boolean) {
  if (selection === 'one') return new Set([id])
  const after = new Set(right)
  if (isRight) after.add(id)
  else after.delete(id)
  return after
}

function withBlank(options: readonly ChoiceOption[]): ChoiceOption[] {
  if (options.length >= 26) return [...options]
  return [...options, { id: freeOptionId(options), text: '', credit: 0 }]
}
