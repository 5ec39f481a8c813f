import { ActionIcon, Group, Stack, Switch, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { AcceptedAnswer } from '../../../../shared/contract/questions.ts'
import { NumberField } from '../../../ui/NumberField.tsx'
import { NumberAnswer } from './NumberAnswer.tsx'
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
  const { t } = useTranslation(['assessments', 'editor'])
  const number = index + 1
  return (
    <Stack gap={4}>
      <Group gap="sm" wrap="nowrap" align="flex-start">
        {'text' in answer ? (
          <TextAnswer answer={answer} index={index} onChange={onChange} onEnter={onEnter} />
        ) : (
          <NumberAnswer answer={answer} index={index} onChange={onChange} />
        )}
        {isDetailed && (
          <NumberField
            w={84}
            min={-100}
            max={100}
            rightSection="%"
            aria-label={t('editor.acceptedCredit', { number })}
            value={answer.credit}
            onChange={(credit) => onChange({ ...answer, credit: Math.min(100, Math.max(-100, credit ?? NaN)) })}
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
      {isDetailed && 'text' in answer && (
        <Switch
          size="xs"
          label={t('editor:accepted.wildcard')}
          description={answer.wildcard && t('editor:accepted.wildcardHint')}
          checked={answer.wildcard === true}
          onChange={(event) => onChange({ ...answer, wildcard: event.currentTarget.checked ? true : undefined })}
        />
      )}
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
