import { Checkbox, Fieldset, Radio, Switch, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChoiceOption } from '../../../../shared/contract/questions.ts'
import { NumberField } from '../../../ui/NumberField.tsx'
import { type ChoiceQuestion, keyOf, rightOptions, withKey } from '../../../ui/question/choice-key.ts'
import { PlainPicture } from '../../../ui/question/QuestionPicture.tsx'
import { RichText } from '../../../ui/question/RichText.tsx'
import { useProblem } from '../questions/problem-context.ts'
import classes from './key.module.css'

interface Props {
  draft: ChoiceQuestion
  onChange: (draft: ChoiceQuestion) => void
}

/** Which options are right, or what each of them is worth. */
export function ChoiceKeyFields({ draft, onChange }: Props) {
  const { t } = useTranslation(['key', 'assessments'])
  const problem = useProblem('options')
  const key = keyOf(draft)
  const [isDetailed, setDetailed] = useState(key === null)
  const mark = (id: string, isRight: boolean) => {
    const right = new Set(draft.selection === 'one' ? [] : rightOptions(draft.options))
    if (isRight) right.add(id)
    else right.delete(id)
    const costsPoints = key?.costsPoints ?? draft.options.some(({ credit }) => credit < 0)
    onChange({ ...draft, options: withKey(draft.options, draft.selection, { right, costsPoints }) })
  }
  const setCredit = (id: string, credit: number) =>
    onChange({ ...draft, options: draft.options.map((one) => (one.id === id ? { ...one, credit } : one)) })
  return (
    <Fieldset variant="unstyled" legend={t('assessments:editor.options')} className={classes.options}>
      {draft.options.map((option, index) => (
        <div key={option.id} className={classes.option}>
          {isDetailed ? (
            <CreditField option={option} number={index + 1} onCredit={(credit) => setCredit(option.id, credit)} />
          ) : (
            <RightMark option={option} question={draft} onRight={(isRight) => mark(option.id, isRight)} />
          )}
        </div>
      ))}
      {problem && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {t(`assessments:problem.${problem}`)}
        </Text>
      )}
      <Switch
        size="xs"
        label={t('percentages')}
        checked={isDetailed}
        onChange={(event) => setDetailed(event.currentTarget.checked)}
      />
    </Fieldset>
  )
}

interface MarkProps {
  option: ChoiceOption
  question: ChoiceQuestion
  onRight: (isRight: boolean) => void
}

function RightMark({ option, question, onRight }: MarkProps) {
  const Mark = question.selection === 'one' ? Radio : Checkbox
  return (
    <Mark
      label={<OptionText option={option} />}
      checked={option.credit > 0}
      onChange={(event) => onRight(event.currentTarget.checked)}
    />
  )
}

interface CreditProps {
  option: ChoiceOption
  number: number
  onCredit: (credit: number) => void
}

function CreditField({ option, number, onCredit }: CreditProps) {
  const { t } = useTranslation('assessments')
  const problem = useProblem(`option.${option.id}`)
  return (
    <>
      <NumberField
        w={84}
        min={-100}
        max={100}
        rightSection="%"
        aria-label={t('editor.credit', { number })}
        value={option.credit}
        error={problem && t(`problem.${problem}`)}
        onChange={(credit) => onCredit(Math.min(100, Math.max(-100, credit ?? NaN)))}
      />
      <OptionText option={option} />
    </>
  )
}

function OptionText({ option: { text, picture } }: { option: ChoiceOption }) {
  return (
    <span dir="auto" className={classes.words}>
      <RichText text={text} />
      {picture && <PlainPicture picture={picture} />}
    </span>
  )
}
