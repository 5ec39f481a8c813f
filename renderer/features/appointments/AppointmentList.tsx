import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { AppointmentRow } from '../../../shared/contract/appointments.ts'
import { beginOf, dayOf } from '../../lib/calendar-days.ts'
import { formatDate, formatTimes } from '../../lib/format.ts'
import { appointmentTones } from '../../ui/appointment-tones.ts'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import classes from './appointment-list.module.css'
import { panelOf, rowKey } from './row-key.ts'
import type { Calendar } from './use-calendar.ts'

/** Day after day, only those on which something is planned. */
export function AppointmentList({ calendar: { rows, days } }: { calendar: Calendar }) {
  const [first = ''] = days
  const byDay = Map.groupBy(rows, ({ startTime }) => (dayOf(startTime) < first ? first : dayOf(startTime)))
  return (
    <div className={classes.list}>
      {[...byDay].map(([day, planned]) => (
        <section key={day} aria-labelledby={`day-${day}`}>
          <h3 id={`day-${day}`} className={classes.listDay}>
            {formatDate(beginOf(day), { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })}
          </h3>
          <ul className={classes.rows}>
            {planned.map((row) => (
              <Row key={rowKey(row)} row={row} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

function Row({ row }: { row: AppointmentRow }) {
  const { t } = useTranslation('appointments')
  const details = [row.beneficiaryName, row.groupName, row.trainerName, row.location, row.type].filter(Boolean)
  return (
    <li>
      <Link {...panelOf(row)} className={classes.row} data-status={row.status}>
        <span className={classes.times}>{formatTimes(row)}</span>
        <span className={classes.words}>
          <span className={classes.rowTitle}>
            <bdi>{row.title}</bdi>
          </span>
          <span className={classes.details}>
            {details.map((detail) => (
              <bdi key={detail}>{detail}</bdi>
            ))}
          </span>
        </span>
        <StatusBadge tone={appointmentTones[row.status]}>{t(`status.${row.status}`)}</StatusBadge>
      </Link>
    </li>
  )
}
