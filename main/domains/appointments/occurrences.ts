import {
  type Appointment,
  AppointmentFields,
  type AppointmentRow,
  type Recurrence,
} from '../../../shared/contract/appointments.ts'
import type { Id } from '../../../shared/contract/base.ts'
import type { Reader } from '../../database/database.ts'
import type { Scope } from '../../scope.ts'
import {
  appointmentOf,
  appointmentsAt,
  type Mark,
  marksOf,
  type Named,
  type Span,
  type Stored,
  seriesIn,
  type Whose,
} from './queries.ts'
import { occurrencesIn, type Repeating, timesAt } from './recurrence.ts'

/** One appointment in the calendar: a row of its own, or one of those that a row stands for. */
export interface Shown {
  stored: Named
  startTime: string
  endTime: string
  seriesId: Id | null
  occurrence: number | null
}

/** So many of a series that are not shown are passed over in the search of the next one. */
const mostSkipped = 20

type InSeries = Pick<Stored, 'id' | 'series_id' | 'series_minutes' | 'recurrence'>

export const rootOf = (row: Pick<Stored, 'id' | 'series_id'>): Id => row.series_id ?? row.id
export const baseOf = (row: Pick<Stored, 'series_minutes'>): number => row.series_minutes ?? 0
export const isPart = (row: Pick<Stored, 'recurrence'>): boolean => row.recurrence !== null
export const isException = (row: InSeries): boolean => row.recurrence === null && row.series_id !== null

/** What stands for a series; a single one is a series of one. */
export function repeating(
  row: Pick<Stored, 'start_time' | 'end_time' | 'recurrence' | 'time_zone' | 'series_end'>,
): Repeating {
  return {
    startTime: row.start_time,
    endTime: row.end_time,
    recurrence: row.recurrence ?? '',
    timeZone: row.time_zone ?? 'UTC',
    seriesEnd: row.series_end ?? row.end_time,
  }
}

export function recurrenceOf(row: Stored): Recurrence | null {
  return row.recurrence === null ? null : { rule: row.recurrence, timeZone: row.time_zone ?? 'UTC' }
}

/**
 * Which row tells an occurrence: the newest of its own, or else the latest part that begins before it, the newer of two
 * from the same place. So machines that changed a series without knowing of each other never show one of it twice.
 */
function tellerOf(marks: readonly Mark[], root: Id, minutes: number): Mark | undefined {
  const family = marks.filter((mark) => rootOf(mark) === root)
  const own = family.filter((mark) => isException(mark) && mark.series_minutes === minutes)
  if (own.length > 0) return own.reduce(newer)
  const parts = family.filter((mark) => isPart(mark) && baseOf(mark) <= minutes)
  return parts.length === 0
    ? undefined
    : parts.reduce((one, other) =>
        baseOf(one) === baseOf(other) ? newer(one, other) : baseOf(one) > baseOf(other) ? one : other,
      )
}

export function newer<Row extends Pick<Mark, 'id' | 'updated_at'>>(one: Row, other: Row): Row {
  if (one.updated_at !== other.updated_at) return one.updated_at > other.updated_at ? one : other
  return one.id > other.id ? one : other
}

/** In the order of time. */
export async function shownIn(db: Reader, whose: Whose, span: Span, limit: number): Promise<Shown[]> {
  const alone = await appointmentsAt(db, whose, span, limit)
  const series = await seriesIn(db, whose, span)
  const roots = new Set([...alone.filter(isException), ...series].map(rootOf))
  const marks = roots.size === 0 ? [] : await marksOf(db, [...roots])
  const byRoot = Map.groupBy(marks, rootOf)
  const isTold = (row: Named, minutes: number) =>
    tellerOf(byRoot.get(rootOf(row)) ?? [], rootOf(row), minutes)?.id === row.id
  const shown = [
    ...alone.filter((row) => !isException(row) || isTold(row, baseOf(row))).map(byItself),
    ...series.flatMap((row) => occurrencesOf(row, span, limit).filter((one) => isTold(row, one.occurrence ?? 0))),
  ]
  return shown
    .toSorted((one, other) => order(one.startTime, other.startTime) || one.stored.id - other.stored.id)
    .slice(0, limit)
}

function order(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}

function byItself(stored: Named): Shown {
  const { start_time: startTime, end_time: endTime, series_id: seriesId, series_minutes: occurrence } = stored
  return { stored, startTime, endTime, seriesId, occurrence }
}

function occurrencesOf(stored: Named, span: Span, most: number): Shown[] {
  return occurrencesIn(repeating(stored), span, most).map(({ startTime, endTime, minutes }) => ({
    stored,
    startTime,
    endTime,
    seriesId: rootOf(stored),
    occurrence: baseOf(stored) + minutes,
  }))
}

/** One of a series by its place, whichever row tells it by now; without a place the next one, or else the first. */
export async function shownOne(
  db: Reader,
  scope: Scope,
  { id, occurrence, now }: { id: Id; occurrence: number | null; now: string },
): Promise<Shown | undefined> {
  const stored = await appointmentOf(db, scope, id)
  if (!stored) return undefined
  if (!isPart(stored)) return byItself(stored)
  const marks = await marksOf(db, [rootOf(stored)])
  for (const minutes of occurrence === null ? nextOf(stored, now) : [occurrence]) {
    const shown = await shownAt(db, scope, { root: rootOf(stored), marks, minutes })
    if (shown) return shown
  }
  return undefined
}

async function shownAt(
  db: Reader,
  scope: Scope,
  { root, marks, minutes }: { root: Id; marks: readonly Mark[]; minutes: number },
): Promise<Shown | undefined> {
  const teller = tellerOf(marks, root, minutes)
  const told = teller && (await appointmentOf(db, scope, teller.id))
  if (!told || !isPart(told)) return told && byItself(told)
  const { startTime } = timesAt(repeating(told), minutes - baseOf(told))
  const until = new Date(Date.parse(startTime) + 1).toISOString()
  return occurrencesOf(told, { from: startTime, until }, 100).find((one) => one.occurrence === minutes)
}

/** The places that come next, since the first of them may be taken out or out of reach; then the first of all. */
function nextOf(stored: Stored, now: string): number[] {
  const next = occurrencesIn(repeating(stored), { from: now, until: '9999-12-31T00:00:00.000Z' }, mostSkipped)
  return [...next.map(({ minutes }) => baseOf(stored) + minutes), baseOf(stored)]
}

export function rowOf({ stored, startTime, endTime, seriesId, occurrence }: Shown): AppointmentRow {
  return {
    id: stored.id,
    title: stored.title,
    startTime,
    endTime,
    location: stored.location ?? '',
    type: stored.type ?? '',
    status: stored.status,
    beneficiaryId: stored.beneficiary_id,
    beneficiaryName: stored.beneficiaryName,
    trainerId: stored.trainer_id,
    trainerName: stored.trainerName,
    groupId: stored.group_id,
    groupName: stored.groupName,
    seriesId,
    occurrence,
    updatedAt: stored.updated_at,
  }
}

export function wholeOf(shown: Shown): Appointment {
  const { stored } = shown
  return {
    ...rowOf(shown),
    description: stored.description ?? '',
    notes: stored.notes ?? '',
    recurrence: recurrenceOf(stored),
  }
}

/** As a form has it. */
export function fieldsOf(shown: Shown): AppointmentFields {
  return AppointmentFields.strip().parse(wholeOf(shown))
}
