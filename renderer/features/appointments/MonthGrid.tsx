import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { AppointmentRow } from '../../../shared/contract/appointments.ts'
import type { BusyBlock } from '../../../shared/contract/calendar-accounts.ts'
import { addDays, beginOf } from '../../lib/calendar-days.ts'
import { formatDate, formatTime } from '../../lib/format.ts'
import { useToday } from '../../lib/use-now.ts'
import classes from './month.module.css'
import { panelOf, rowKey } from './row-key.ts'
import type { Calendar } from './use-calendar.ts'

const mostShown = 3

/** All weeks of a month; whatever does not fit into a day is found by opening the day. */
export function MonthGrid({ calendar: { rows, busy, days, day: current } }: { calendar: Calendar }) {
  const weeks = Array.from({ length: days.length / 7 }, (_, week) => days.slice(week * 7, week * 7 + 7))
  return (
    <div className={classes.monthFrame}>
      <table className={classes.month}>
        <thead>
          <tr>
            {days.slice(0, 7).map((day) => (
              <th key={day} scope="col">
                {formatDate(beginOf(day), { weekday: 'short' })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week) => (
            <tr key={week[0]}>
              {week.map((day) => (
                <Day
                  key={day}
                  day={day}
                  isOutside={day.slice(0, 7) !== current.slice(0, 7)}
                  rows={on(rows, day)}
                  busy={on(busy, day)}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function on<T extends { startTime: string; endTime: string }>(rows: readonly T[], day: string): T[] {
  const [opens, closes] = [beginOf(day).toISOString(), beginOf(addDays(day, 1)).toISOString()]
  return rows.filter(({ startTime, endTime }) => startTime < closes && endTime > opens)
}

interface DayProps {
  day: string
  isOutside: boolean
  rows: AppointmentRow[]
  busy: BusyBlock[]
}

function Day({ day, isOutside, rows, busy }: DayProps) {
  const { t } = useTranslation('appointments')
  const isToday = day === useToday()
  const open = { to: '/calendar', search: (before: object) => ({ ...before, view: 'day' as const, day }) } as const
  const rest = rows.length - mostShown
  return (
    <td data-outside={isOutside || undefined}>
      <Link
        {...open}
        className={classes.date}
        aria-label={formatDate(beginOf(day), { weekday: 'long', day: 'numeric', month: 'long' })}
        aria-current={isToday ? 'date' : undefined}
      >
        {beginOf(day).getDate()}
      </Link>
      {rows.slice(0, mostShown).map((row) => (
        <Link key={rowKey(row)} {...panelOf(row)} className={classes.chip} data-status={row.status} title={row.title}>
          <span className={classes.chipTime}>{formatTime(row.startTime)}</span> <bdi>{row.title}</bdi>
        </Link>
      ))}
      {busy.length > 0 && (
        <Link {...open} className={classes.busy} title={busy.map(({ title }) => title).join(', ')}>
          {t('busy.title')} {busy.map((block) => formatTime(block.startTime)).join(', ')}
        </Link>
      )}
      {rest > 0 && (
        <Link {...open} className={classes.more}>
          {t('more', { count: rest })}
        </Link>
      )}
    </td>
  )
}
