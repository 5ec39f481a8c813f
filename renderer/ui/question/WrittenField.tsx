import { Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { spokenText } from './formulas.ts'
import styles from './question.module.css'
import type { QuestionFieldProps } from './question-field-props.ts'

/** What `SaveAnswer` of the contract takes. */
const longestAnswer = 50_000
const longestShortAnswer = 1_000

export function WrittenField({ question, answer, onAnswer, disabled = false, labelledBy }: QuestionFieldProps) {
  const { t } = useTranslation('question')
  const naming = labelledBy ? { 'aria-labelledby': labelledBy } : { 'aria-label': spokenText(question.text) }
  const common = {
    ...naming,
    value: answer,
    disabled,
    placeholder: t('writeHere'),
    dir: 'auto',
    size: 'lg',
    classNames: { input: styles.written ?? '' },
    autoComplete: 'off',
    spellCheck: false,
    onChange: (event: { currentTarget: { value: string } }) => onAnswer(event.currentTarget.value),
  }
  if (question.type === 'short_answer') return <TextInput {...common} maxLength={longestShortAnswer} />
  return <Textarea {...common} maxLength={longestAnswer} autosize minRows={7} maxRows={18} />
}
