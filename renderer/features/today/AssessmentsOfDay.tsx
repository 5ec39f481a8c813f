import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { AssessmentOfDay } from '../../../shared/contract/today.ts'
import { dayOf } from '../../lib/calendar-days.ts'
import { formatTime } from '../../lib/format.ts'
import { Part } from './Part.tsx'
import classes from './today.module.css'

/** What learners can begin from this day on, or on this day for the last time. */
export function AssessmentsOfDay({ rows, day }: { rows: AssessmentOfDay[]; day: string }) {
  const { t } = useTranslation('today')
  return (
    <Part title={t('assessments.title')}>
      <ul className={classes.rows}>
        {rows.map((row) => (
          <li key={row.id}>
            <Link to="/assessments/$id" params={{ id: row.id }} className={classes.row} data-plain>
              <span className={classes.words}>
                <span className={classes.name}>
                  <bdi>{row.title}</bdi>
                </span>
                <span className={classes.note}>
                  <When row={row} day={day} />
                  {row.groupName && ` · ${t('assessments.group', { group: `\u2068${row.groupName}\u2069` })}`}
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Part>
  )
}

function When({ row: { opensAt, closesAt }, day }: { row: AssessmentOfDay; day: string }) {
  const { t } = useTranslation('today')
  const opens = opensAt !== null && dayOf(opensAt) === day ? formatTime(opensAt) : null
  const closes = closesAt !== null && dayOf(closesAt) === day ? formatTime(closesAt) : null
  if (opens && closes) return t('assessments.opensAndCloses', { from: opens, until: closes })
  return opens ? t('assessments.opens', { time: opens }) : t('assessments.closes', { time: closes ?? '' })
}
