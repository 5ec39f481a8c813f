import { useTranslation } from 'react-i18next'
import type { Recurrence } from '../../../shared/contract/appointments.ts'
import { beginOf } from '../../lib/calendar-days.ts'
import { formatDate } from '../../lib/format.ts'
import { repeatOf } from './repeat.ts'

/** How a series comes again, in words. */
export function useRepeatWords() {
  const { t } = useTranslation('appointments')
  return (recurrence: Recurrence): string => {
    const { every, ends, lastDay, times } = repeatOf(recurrence)
    const how = t(`every.${every}`)
    if (ends === 'after') return t('repeats.after', { how, count: times ?? 1 })
    if (ends === 'never') return how
    return t('repeats.on', {
      how,
      day: formatDate(beginOf(lastDay), { day: 'numeric', month: 'long', year: 'numeric' }),
    })
  }
}
