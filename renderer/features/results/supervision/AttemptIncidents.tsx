import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../../shared/contract/base.ts'
import { api } from '../../../lib/client.ts'
import { formatMoment } from '../../../lib/format.ts'
import { Section } from '../../../ui/Section.tsx'
import { IncidentSentence } from './IncidentSentence.tsx'
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
              <IncidentSentence incident={incident} />
              {incident.by && <span className={classes.by}> {t('incidents.by', { name: incident.by })}</span>}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  )
}
