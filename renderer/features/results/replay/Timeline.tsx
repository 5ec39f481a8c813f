import { UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconEraser, IconPencil, IconPencilPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Replay } from '../../../../shared/contract/results.ts'
import { formatDuration } from '../../../lib/duration.ts'
import { formatMoment } from '../../../lib/format.ts'
import { IncidentSentence } from '../supervision/IncidentSentence.tsx'
import type { Moment } from './moments.ts'
import classes from './replay.module.css'

interface Props {
  replay: Replay
  moments: readonly Moment[]
  /** The last moment that has happened. */
  last: number
  onGo: (index: number) => void
}

/** Everything that was saved or happened, each a way to that moment. */
export function Timeline({ replay, moments, last, onGo }: Props) {
  const { t } = useTranslation('replay')
  return (
    <section className={classes.card} aria-labelledby="timeline-heading">
      <h2 id="timeline-heading" className={classes.heading}>
        {t('timeline')}
      </h2>
      <ol className={classes.timeline}>
        {moments.map((moment, index) => (
          <li key={`${moment.at} ${index}`} data-past={index <= last || undefined}>
            <UnstyledButton
              className={classes.moment}
              aria-current={index === last ? 'step' : undefined}
              onClick={() => onGo(index)}
            >
              <span className={classes.when}>{formatDuration(Math.round(moment.usedMs / 1000))}</span>
              <What moment={moment} replay={replay} />
              <time dateTime={moment.at} className={classes.clock}>
                {formatMoment(moment.at)}
              </time>
            </UnstyledButton>
          </li>
        ))}
      </ol>
    </section>
  )
}

function What({ moment, replay }: { moment: Moment; replay: Replay }) {
  const { t } = useTranslation('replay')
  if (moment.kind === 'incident') {
    return (
      <span className={classes.what}>
        <IconAlertTriangle size={16} aria-hidden />
        <span>
          <IncidentSentence incident={moment.incident} />
        </span>
      </span>
    )
  }
  const { questionId, answer } = moment.state
  const number = replay.questions.findIndex(({ id }) => id === questionId) + 1
  const what = answer === '' ? 'emptied' : moment.isFirst ? 'first' : 'changed'
  const Icon = icons[what]
  return (
    <span className={classes.what}>
      <Icon size={16} aria-hidden />
      <span>{t(what, { number })}</span>
    </span>
  )
}

const icons = { emptied: IconEraser, first: IconPencilPlus, changed: IconPencil }
