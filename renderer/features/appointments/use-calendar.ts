import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppointmentRow } from '../../../shared/contract/appointments.ts'
import { fold } from '../../../shared/fold.ts'
import { daysShown, spanOf } from '../../lib/calendar-days.ts'
import { api } from '../../lib/client.ts'

const route = getRouteApi('/staff/calendar')

import { useToday } from '../../lib/use-now.ts'

/** What the calendar stands on lives in the address, so that it survives going back and a reload. */
export function useCalendar(isNarrow: boolean) {
  const { i18n } = useTranslation()
  const today = useToday()
  const { view = isNarrow ? 'list' : 'week', day = today, search = '', trainer } = route.useSearch()
  const navigate = route.useNavigate()
  const days = daysShown(view, day, i18n.language)
  const span = spanOf(days)
  const list = useQuery(
    api.appointments.list.queryOptions({
      input: { ...span, trainerId: trainer },
      placeholderData: keepPreviousData,
    }),
  )
  // Of other trainers nothing is known but their appointments here.
  const busy = useQuery(api.calendarAccounts.busy.queryOptions({ input: span, placeholderData: keepPreviousData }))
  const [timesToday, setTimesToday] = useState(0)
  const show = (part: ReturnType<typeof route.useSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true })
  return {
    view,
    day,
    days,
    search,
    trainer,
    list,
    rows: (list.data?.rows ?? []).filter((row) => isIn(span, row) && isFound(row, search)),
    busy: search === '' && trainer === undefined ? (busy.data ?? []).filter((block) => isIn(span, block)) : [],
    isNarrowed: search !== '' || trainer !== undefined,
    show,
    /** How often somebody asked for today, which may have been pushed out of view. */
    timesToday,
    showToday: () => {
      show({ day: today })
      setTimesToday(timesToday + 1)
    },
  }
}

export type Calendar = ReturnType<typeof useCalendar>

/** What was shown before stays while the next days are fetched, as far as it belongs to them. */
function isIn(span: { from: string; until: string }, { startTime, endTime }: { startTime: string; endTime: string }) {
  return startTime < span.until && endTime > span.from
}

function isFound(
  { title, beneficiaryName, groupName, trainerName, location, type }: AppointmentRow,
  search: string,
): boolean {
  const words = fold([title, beneficiaryName, groupName, trainerName, location, type].join(' '))
  return fold(search)
    .split(' ')
    .every((word) => words.includes(word))
}
