import { Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../../shared/contract/base.ts'
import type { Replay } from '../../../../shared/contract/results.ts'
import { QuestionPictures } from '../../../ui/question/QuestionPictures.tsx'
import { RichText } from '../../../ui/question/RichText.tsx'
import { GivenAnswer } from '../GivenAnswer.tsx'
import { answersAfter, type Moment, questionAt } from './moments.ts'
import { QuestionMap } from './QuestionMap.tsx'
import { ReplayControls } from './ReplayControls.tsx'
import classes from './replay.module.css'
import { Timeline } from './Timeline.tsx'
import { usePlayer } from './use-player.ts'

interface Props {
  replay: Replay
  moments: Moment[]
}

/** The attempt as it was at one moment, and the way to every other. */
export function ReplayPlayer({ replay, moments }: Props) {
  const { t } = useTranslation('replay')
  const player = usePlayer(moments, replay.usedMs)
  const [chosen, setChosen] = useState<Id | null>(null)
  const answers = answersAfter(moments, player.last)
  const shownId = chosen ?? questionAt(moments, player.last) ?? replay.questions[0]?.id
  const index = replay.questions.findIndex(({ id }) => id === shownId)
  const shown = replay.questions[index]
  /** Following what was written ends while somebody looks at one question. */
  const choose = (questionId: Id) => setChosen(chosen === questionId ? null : questionId)
  return (
    <>
      <ReplayControls player={player} moments={moments} lengthMs={replay.usedMs} />
      <QuestionMap replay={replay} answers={answers} shownId={shownId} chosen={chosen} onChoose={choose} />
      <div className={classes.columns}>
        {shown && (
          <section className={classes.card} aria-label={t('question', { number: index + 1 })}>
            <Text size="sm" c="var(--bdc-ink-soft)">
              {t('question', { number: index + 1 })}
            </Text>
            <Text dir="auto" fw={600} className={classes.words}>
              <RichText text={shown.question.text} />
            </Text>
            <QuestionPictures pictures={shown.question.images} />
            <GivenAnswer answer={{ question: shown.question, answer: answers.get(shown.id) ?? '' }} />
          </section>
        )}
        <Timeline replay={replay} moments={moments} last={player.last} onGo={player.goToMoment} />
      </div>
    </>
  )
}
