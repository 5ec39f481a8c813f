import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { AppointmentRow } from '../../../shared/contract/appointments.ts'
import { spanOf } from '../../lib/calendar-days.ts'
import { api } from '../../lib/client.ts'
import { formatTimes } from '../../lib/format.ts'
import { actorKindOf, useMe } from '../../lib/session.ts'
import { useNow } from '../../lib/use-now.ts'
import { appointmentTones } from '../../ui/appointment-tones.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { TextLink } from '../../ui/TextLink.tsx'
import { Part } from './Part.tsx'
import classes from './today.module.css'

const mostShown = 8

/** What is planned for the day; where that is much, what is not over yet. */
export function PlanPart({ day }: { day: string }) {
  const { t } = useTranslation('today')
  const now = useNow().toISOString()
  const list = useQuery(api.appointments.list.queryOptions({ input: spanOf([day]), refetchInterval: 60_000 }))
  const rows = list.data?.rows ?? []
  const ahead = rows.filter(({ endTime }) => endTime > now)
  const shown = rows.length <= mostShown ? rows : (ahead.length > 0 ? ahead : rows).slice(0, mostShown)
  const link =
    rows.length > 0 ? (
      <TextLink to="/calendar" search={{ view: 'day', day }} size="sm">
        {t('plan.all', { count: rows.length })}
      </TextLink>
    ) : (
      <TextLink to="/calendar/new" search={{ view: 'day', day }} size="sm">
        {t('plan.new')}
      </TextLink>
    )
  return (
    <Part title={t('plan.title')} action={list.data && link}>
      {list.isPending && <LoadingRows count={3} />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && rows.length === 0 && <p className={classes.note}>{t('plan.none')}</p>}
      {shown.length > 0 && (
        <ul className={classes.rows}>
          {shown.map((row) => (
            <Row key={row.id} row={row} day={day} now={now} />
          ))}
        </ul>
      )}
    </Part>
  )
}

function Row({ row, day, now }: { row: AppointmentRow; day: string; now: string }) {
  const { t } = useTranslation('today')
  const isTrainer = actorKindOf(useMe()) === 'trainer'
  const { startTime, endTime, status } = row
  const details = [row.beneficiaryName, isTrainer ? null : row.trainerName, row.location].filter(Boolean)
  const isRunning = status === 'scheduled' && startTime <= now && now < endTime
  return (
    <li>
      <Link
        to="/calendar/$id"
        params={{ id: row.id }}
        search={{ view: 'day', day }}
        className={classes.row}
        data-over={endTime <= now || undefined}
        data-status={status}
      >
        <span className={classes.times}>{formatTimes(row)}</span>
        <span className={classes.words}>
          <span className={classes.name}>
            <bdi>{row.title}</bdi>
          </span>
          <span className={classes.note}>
            {details.map((detail, index) => (
              <span key={detail}>
                {index > 0 && ' · '}
                <bdi>{detail}</bdi>
              </span>
            ))}
          </span>
        </span>
        {isRunning && <StatusBadge tone="busy">{t('plan.now')}</StatusBadge>}
        {status !== 'scheduled' && <Status status={status} />}
      </Link>
    </li>
  )
}

function Status({ status }: Pick<AppointmentRow, 'status'>) {
  const { t } = useTranslation('appointments')
  return <StatusBadge tone={appointmentTones[status]}>{t(`status.${status}`)}</StatusBadge>
}
