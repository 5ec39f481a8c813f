import { ActionIcon, Group, Input, Stack, Text, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { AcceptedAnswer } from '../../../../shared/contract/questions.ts'
import { NumberField } from '../../../ui/NumberField.tsx'
import { useProblem } from './problem-context.ts'
import classes from './quiet-placeholder.module.css'

interface Props {
  answer: AcceptedAnswer
  index: number
  /** With its percentage and its own feedback. */
  isDetailed: boolean
  onChange: (answer: AcceptedAnswer) => void
  onEnter: () => void
  /** Undefined: one answer has to stay. */
  onRemove: (() => void) | undefined
}

export function AcceptedRow({ answer, index, isDetailed, onChange, onEnter, onRemove }: Props) {
  const { t } = useTranslation('assessments')
  const number = index + 1
  return (
    <Stack gap={4}>
      <Group gap="sm" wrap="nowrap" align="flex-start">
        {'text' in answer ? (
          <TextAnswer answer={answer} index={index} onChange={onChange} onEnter={onEnter} />
        ) : (
          <RangeAnswer answer={answer} index={index} onChange={onChange} />
        )}
        {isDetailed && (
          <NumberField
            w={84}
            min={0}
            max={100}
            rightSection="%"
            aria-label={t('editor.acceptedCredit', { number })}
            value={answer.credit}
            onChange={(credit) => onChange({ ...answer, credit: Math.min(100, Math.max(0, credit ?? NaN)) })}
          />
        )}
        <ActionIcon
          mt={4}
          variant="subtle"
          color="gray"
          aria-label={t('editor.removeAccepted', { number })}
          disabled={!onRemove}
          onClick={onRemove}
        >
          <IconX size={16} aria-hidden />
        </ActionIcon>
      </Group>
      {isDetailed && (
        <TextInput
          me={40}
          size="xs"
          dir="auto"
          aria-label={t('editor.acceptedFeedback', { number })}
          placeholder={t('editor.acceptedFeedback', { number })}
          maxLength={5000}
          value={answer.feedback ?? ''}
          onChange={(event) => onChange({ ...answer, feedback: event.currentTarget.value })}
        />
      )}
    </Stack>
  )
}

interface TextProps {
  answer: Extract<AcceptedAnswer, { text: string }>
  index: number
  onChange: (answer: AcceptedAnswer) => void
  onEnter: () => void
}

function TextAnswer({ answer, index, onChange, onEnter }: TextProps) {
  const { t } = useTranslation('assessments')
  const problem = useProblem(`accepted.${index}`)
  return (
    <TextInput
      flex={1}
      miw={0}
      classNames={classes}
      dir="auto"
      data-field={`accepted.${index}`}
      aria-label={t('editor.acceptedText', { number: index + 1 })}
      placeholder={t('editor.acceptedText', { number: index + 1 })}
      maxLength={1000}
      value={answer.text}
      error={problem && t(`problem.${problem}`)}
      onChange={(event) => onChange({ ...answer, text: event.currentTarget.value })}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.ctrlKey || event.metaKey) return
        event.preventDefault()
        onEnter()
      }}
    />
  )
}

interface RangeProps {
  answer: Extract<AcceptedAnswer, { min: number }>
  index: number
  onChange: (answer: AcceptedAnswer) => void
}

function RangeAnswer({ answer, index, onChange }: RangeProps) {
  const { t } = useTranslation('assessments')
  const problem = useProblem(`accepted.${index}`)
  const number = index + 1
  return (
    <Stack gap={4} flex={1} miw={0}>
      <Group gap="xs" wrap="nowrap">
        <NumberField
          flex={1}
          miw={0}
          data-field={`accepted.${index}`}
          aria-label={t('editor.rangeFrom', { number })}
          placeholder={t('editor.from')}
          value={answer.min}
          error={Boolean(problem)}
          onChange={(min) => onChange({ ...answer, min: min ?? NaN })}
        />
        <Text c="var(--bdc-ink-soft)" aria-hidden>
          –
        </Text>
        <NumberField
          flex={1}
          miw={0}
          aria-label={t('editor.rangeTo', { number })}
          placeholder={t('editor.to')}
          value={answer.max}
          error={Boolean(problem)}
          onChange={(max) => onChange({ ...answer, max: max ?? NaN })}
        />
      </Group>
      {problem && <Input.Error>{t(`problem.${problem}`)}</Input.Error>}
    </Stack>
  )
}
