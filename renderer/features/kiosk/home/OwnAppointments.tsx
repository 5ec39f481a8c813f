import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addDays, dayOf, spanOf } from '../../../lib/calendar-days.ts'
import { api } from '../../../lib/client.ts'
import { formatDate, formatTimes } from '../../../lib/format.ts'
import { appointmentTones } from '../../../ui/appointment-tones.ts'
import { StatusBadge } from '../../../ui/StatusBadge.tsx'
import classes from './OwnAppointments.module.css'

const aheadDays = 90
/** So that what there is to do stays in view below. */
const mostAtFirst = 2

/** What is planned with the learner who signed in; nothing at all where nothing is. */
export function OwnAppointments() {
  const { t } = useTranslation('appointments')
  const [span] = useState(() => {
    const today = dayOf(new Date())
    return spanOf([today, addDays(today, aheadDays)])
  })
  const [isWhole, setWhole] = useState(false)
  const { data = [] } = useQuery(api.appointments.mine.queryOptions({ input: span, staleTime: 60_000 }))
  if (data.length === 0) return null
  return (
    <section aria-labelledby="own-appointments">
      <h2 id="own-appointments" className={classes.title}>
        {t('mine')}
      </h2>
      <ul className={classes.rows}>
        {data.slice(0, isWhole ? undefined : mostAtFirst).map((row) => (
          <li key={`${row.id} ${row.occurrence}`} className={classes.row} data-status={row.status}>
            <span className={classes.times}>
              {formatDate(new Date(row.startTime), { weekday: 'short', day: 'numeric', month: 'short' })}
              <br />
              {formatTimes(row)}
            </span>
            <span className={classes.words}>
              <span className={classes.name}>
                <bdi>{row.title}</bdi>
              </span>
              <span className={classes.details}>
                {[row.trainerName, row.location, row.description].filter(Boolean).map((detail) => (
                  <bdi key={detail}>{detail}</bdi>
                ))}
              </span>
            </span>
            <StatusBadge tone={appointmentTones[row.status]}>{t(`status.${row.status}`)}</StatusBadge>
          </li>
        ))}
      </ul>
      {!isWhole && data.length > mostAtFirst && (
        <Button variant="subtle" mt="xs" onClick={() => setWhole(true)}>
          {t('mineAll')}
        </Button>
      )}
    </section>
  )
}
