import { ActionIcon, Checkbox, Group, Radio, Stack, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ChoiceOption } from '../../../../shared/contract/questions.ts'
import { NumberField } from '../../../ui/NumberField.tsx'
import { OptionPicture } from './pictures/OptionPicture.tsx'
import { useProblem } from './problem-context.ts'
import classes from './quiet-placeholder.module.css'

interface Props {
  option: ChoiceOption
  /** Counted from 1. */
  number: number
  selection: 'one' | 'many'
  /** With its percentage and its own feedback. */
  isDetailed: boolean
  onRight: (isRight: boolean) => void
  onChange: (option: ChoiceOption) => void
  onEnter: () => void
  /** Undefined: two options have to stay. */
  onRemove: (() => void) | undefined
}

export function ChoiceRow({ option, number, selection, isDetailed, onRight, onChange, onEnter, onRemove }: Props) {
  const { t } = useTranslation('assessments')
  const problem = useProblem(`option.${option.id}`)
  const Mark = selection === 'one' ? Radio : Checkbox
  return (
    <Stack gap={4}>
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <Mark
          mt={8}
          color="pine"
          data-field={number === 1 ? 'options' : undefined}
          aria-label={t('editor.optionIsRight', { number })}
          checked={option.credit > 0}
          onChange={(event) => onRight(event.currentTarget.checked)}
        />
        <TextInput
          flex={1}
          miw={0}
          classNames={classes}
          dir="auto"
          data-field={`option.${option.id}`}
          aria-label={t('editor.option', { number })}
          placeholder={t('editor.option', { number })}
          maxLength={5000}
          value={option.text}
          error={problem && t(`problem.${problem}`)}
          onChange={(event) => onChange({ ...option, text: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return
            event.preventDefault()
            onEnter()
          }}
        />
        {isDetailed && (
          <NumberField
            w={84}
            min={-100}
            max={100}
            rightSection="%"
            aria-label={t('editor.credit', { number })}
            value={option.credit}
            onChange={(credit) => onChange({ ...option, credit: Math.min(100, Math.max(-100, credit ?? NaN)) })}
          />
        )}
        <ActionIcon
          mt={4}
          variant="subtle"
          color="gray"
          aria-label={t('editor.removeOption', { number })}
          disabled={!onRemove}
          onClick={onRemove}
        >
          <IconX size={16} aria-hidden />
        </ActionIcon>
      </Group>
      {isDetailed && (
        <Stack gap={4} ms={32} me={40}>
          <TextInput
            size="xs"
            dir="auto"
            aria-label={t('editor.optionFeedback', { number })}
            placeholder={t('editor.optionFeedback', { number })}
            maxLength={5000}
            value={option.feedback ?? ''}
            onChange={(event) => onChange({ ...option, feedback: event.currentTarget.value })}
          />
          <OptionPicture
            number={number}
            picture={option.picture}
            onChange={(picture) => onChange({ ...option, picture })}
          />
        </Stack>
      )}
    </Stack>
  )
}
