import { useTranslation } from 'react-i18next'
import type { Recurrence } from '../../../shared/contract/appointments.ts'
import { beginOf } from '../../lib/calendar-days.ts'
import { formatDate, formatList } from '../../lib/format.ts'
import { daysOfWeek, repeatOf } from './repeat.ts'

/** How a series comes again, in words. */
export function useRepeatWords() {
  const { t, i18n } = useTranslation('appointments')
  return (recurrence: Recurrence): string => {
    const { every, days, ends, lastDay, times } = repeatOf(recurrence)
    const named = daysOfWeek(i18n.language, (day) => formatDate(day, { weekday: 'long' }))
    const chosen = named.filter(({ day }) => days.split(',').includes(day)).map(({ name }) => name)
    const how = every === 'days' ? t('repeats.days', { days: formatList(chosen) }) : t(`every.${every}`)
    if (ends === 'after') return t('repeats.after', { how, count: times ?? 1 })
    if (ends === 'never') return how
    return t('repeats.on', {
      how,
      day: formatDate(beginOf(lastDay), { day: 'numeric', month: 'long', year: 'numeric' }),
    })
  }
}
