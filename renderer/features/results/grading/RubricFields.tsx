import { Radio, Text } from '@mantine/core'
import type { KeyboardEvent } from 'react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Rubric } from '../../../../shared/contract/questions.ts'
import type { RubricChoice } from '../../../../shared/rubric.ts'
import { formatPercent } from '../../../lib/format.ts'
import { focusOnMount } from '../../../ui/focus-on-mount.ts'
import classes from './grading.module.css'

interface Props {
  rubric: Rubric
  chosen: RubricChoice
  onChoose: (chosen: RubricChoice) => void
}

/** The levels of each criterion; a number key takes a level of the criterion with the focus and goes to the next. */
export function RubricFields({ rubric, chosen, onChoose }: Props) {
  const { t } = useTranslation('grading')
  const name = useId()
  const takeLevel = (event: KeyboardEvent<HTMLFieldSetElement>, index: number) => {
    const criterion = rubric[index]
    const level = criterion?.levels[Number(event.key) - 1]
    if (!criterion || !level || event.ctrlKey || event.altKey || event.metaKey) return
    event.preventDefault()
    onChoose({ ...chosen, [criterion.id]: level.id })
    const next = event.currentTarget.nextElementSibling
    const field = next instanceof HTMLFieldSetElement ? next : event.currentTarget
    field.querySelector('input')?.focus()
  }
  return (
    <div>
      {rubric.map((criterion, index) => (
        <fieldset key={criterion.id} className={classes.criterion} onKeyDown={(event) => takeLevel(event, index)}>
          <legend dir="auto">
            {criterion.title}{' '}
            <Text span size="sm" c="var(--bdc-ink-soft)">
              {formatPercent(criterion.weight)}
            </Text>
          </legend>
          {criterion.levels.map((level, place) => (
            <Radio
              key={level.id}
              {...(index === 0 && place === 0 && { ref: focusOnMount })}
              name={`${name}${criterion.id}`}
              label={t('level', { number: place + 1, title: level.title, share: formatPercent(level.share) })}
              checked={chosen[criterion.id] === level.id}
              onChange={() => onChoose({ ...chosen, [criterion.id]: level.id })}
            />
          ))}
        </fieldset>
      ))}
    </div>
  )
}
