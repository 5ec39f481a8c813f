import { Radio } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFieldWords } from '../file/use-field-words.ts'
import type { Choice, Difference } from './differences.ts'
import classes from './merges.module.css'

interface FieldChoiceProps {
  difference: Difference
  choice: Choice
  onChoose: (choice: Choice) => void
}

/** One field of two files, of which one value stays; of notes, both may. */
export function FieldChoice({ difference, choice, onChoose }: FieldChoiceProps) {
  const { t } = useTranslation('merges')
  const words = useFieldWords()
  const { field, kept, merged } = difference
  const option = (value: Choice, text: string) => (
    <Radio
      className={classes.option}
      name={field}
      value={value}
      checked={choice === value}
      onChange={() => onChoose(value)}
      label={text === '' ? <em>{t('merge.empty')}</em> : <bdi>{text}</bdi>}
    />
  )
  return (
    <fieldset className={classes.field}>
      <legend>{words.name(field)}</legend>
      <div className={classes.options}>
        {option('kept', words.value(field, kept))}
        {option('merged', words.value(field, merged))}
        {field === 'notes' && kept !== '' && merged !== '' && option('both', t('merge.both'))}
      </div>
    </fieldset>
  )
}
