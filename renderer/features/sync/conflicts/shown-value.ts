import i18next from 'i18next'
import { formatDay, formatMoment, formatNumber } from '../../../lib/format.ts'

const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const day = /^\d{4}-\d\d-\d\d$/
const longest = 400

/** A stored value as people read it; undefined when there is none. */
export function shownValue(column: string, value: string | number | null): string | undefined {
  if (value === null || value === '') return undefined
  if (/^is_|^passed$/.test(column)) return i18next.t(value ? 'sync:conflicts.yes' : 'sync:conflicts.no')
  if (typeof value === 'number') return formatNumber(value)
  if (moment.test(value)) return formatMoment(value)
  if (day.test(value)) return formatDay(value)
  // Of somebody's words all are to be read before one of two is chosen.
  return value.length > longest && column !== 'comment' ? `${value.slice(0, longest)}…` : value
}
