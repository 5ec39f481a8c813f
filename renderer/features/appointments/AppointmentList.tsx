import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { AppointmentRow } from '../../../shared/contract/appointments.ts'
import type { BusyBlock } from '../../../shared/contract/calendar-accounts.ts'
import { beginOf, dayOf } from '../../lib/calendar-days.ts'
import { formatDate, formatTimes } from '../../lib/format.ts'
import { appointmentTones } from '../../ui/appointment-tones.ts'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import classes from './appointment-list.module.css'
import { BusyMenu } from './BusyMenu.tsx'
import { panelOf, rowKey } from './row-key.ts'
import type { Calendar } from './use-calendar.ts'

/** Day after day, only those on which something is planned. */
export function AppointmentList({ calendar: { rows, busy, days } }: { calendar: Calendar }) {
  const [first = ''] = days
  const dayShown = ({ startTime }: { startTime: string }) => (dayOf(startTime) < first ? first : dayOf(startTime))
  const byDay = Map.groupBy(rows, dayShown)
  const busyByDay = Map.groupBy(busy, dayShown)
  const shown = [...new Set([...byDay.keys(), ...busyByDay.keys()])].toSorted()
  return (
    <div className={classes.list}>
      {shown.map((day) => (
        <section key={day} aria-labelledby={`day-${day}`}>
          <h3 id={`day-${day}`} className={classes.listDay}>
            {formatDate(beginOf(day), { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })}
          </h3>
          <ul className={classes.rows}>
            {byDay.get(day)?.map((row) => (
              <Row key={rowKey(row)} row={row} />
            ))}
            {busyByDay.get(day)?.map((block) => (
              <Busy key={`${block.accountId} ${block.href} ${block.startTime}`} block={block} />
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

function Busy({ block }: { block: BusyBlock }) {
  const { t } = useTranslation('appointments')
  return (
    <li>
      <BusyMenu block={block}>
        <button type="button" className={classes.busy}>
          <span className={classes.times}>{formatTimes(block)}</span>
          <span className={classes.words}>
            <bdi>{block.title}</bdi>
            <bdi className={classes.details}>{t('busy.in', { calendar: block.calendarName })}</bdi>
          </span>
        </button>
      </BusyMenu>
    </li>
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
