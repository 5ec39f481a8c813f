import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../../shared/contract/base.ts'
import type { Incident } from '../../../../shared/contract/supervision.ts'
import { api } from '../../../lib/client.ts'
import { formatDuration } from '../../../lib/duration.ts'
import { formatMoment } from '../../../lib/format.ts'
import { Section } from '../../../ui/Section.tsx'
import classes from './supervision.module.css'

/** What happened to an attempt besides answering: lost time that did not count, and what trainers did. */
export function AttemptIncidents({ attemptId }: { attemptId: Id }) {
  const { t } = useTranslation('results')
  const incidents = useQuery(api.supervision.incidents.queryOptions({ input: { attemptId }, refetchInterval: 15_000 }))
  if (!incidents.data || incidents.data.length === 0) return null
  return (
    <Section title={t('incidents.title')} note={t('incidents.note')}>
      <ol className={classes.incidents}>
        {incidents.data.map((incident) => (
          <li key={incident.id}>
            <time dateTime={incident.happenedAt}>{formatMoment(incident.happenedAt)}</time>
            <span>
              <Sentence incident={incident} />
              {incident.by && <span className={classes.by}> {t('incidents.by', { name: incident.by })}</span>}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  )
}

function Sentence({ incident: { kind, lostMs, reason } }: { incident: Incident }) {
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
