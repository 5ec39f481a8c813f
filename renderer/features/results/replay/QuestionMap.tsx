import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../../shared/contract/base.ts'
import type { Replay } from '../../../../shared/contract/results.ts'
import { formatNumber } from '../../../lib/format.ts'
import classes from './replay.module.css'

interface Props {
  replay: Replay
  answers: ReadonlyMap<Id, string>
  shownId: Id | undefined
  /** The question that is kept in sight; null: the one that is being written. */
  chosen: Id | null
  onChoose: (questionId: Id) => void
}

/** All questions with whether they were answered by then; choosing one keeps it in sight, once more lets it go. */
export function QuestionMap({ replay, answers, shownId, chosen, onChoose }: Props) {
  const { t } = useTranslation('replay')
  return (
    <ul className={classes.map} aria-label={t('questions')}>
      {replay.questions.map(({ id }, index) => {
        const isAnswered = (answers.get(id) ?? '') !== ''
        return (
          <li key={id}>
            <UnstyledButton
              className={classes.place}
              aria-pressed={chosen === id}
              aria-label={t(isAnswered ? 'answered' : 'open', { number: index + 1 })}
              data-answered={isAnswered || undefined}
              data-shown={id === shownId || undefined}
              onClick={() => onChoose(id)}
            >
              {formatNumber(index + 1)}
            </UnstyledButton>
          </li>
        )
      })}
    </ul>
  )
}
