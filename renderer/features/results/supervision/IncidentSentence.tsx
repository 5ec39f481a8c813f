import { useTranslation } from 'react-i18next'
import type { Incident } from '../../../../shared/contract/supervision.ts'
import { formatDuration } from '../../../lib/duration.ts'
import classes from './supervision.module.css'

/** What happened, in words, with the reason that was given. */
export function IncidentSentence({ incident: { kind, lostMs, reason } }: { incident: Incident }) {
  const { t } = useTranslation('results')
  const time = formatDuration(Math.round((lostMs ?? 0) / 1000))
  if (kind === 'clock_jump') return t('incidents.clock_jump', { time: formatDuration(Math.abs(Number(reason))) })
  return (
    <>
      {t(`incidents.${kind}`, { time })}
      {reason && <bdi className={classes.reason}>{reason}</bdi>}
    </>
  )
}
