import type { AppointmentFields, SeriesReach } from '../../../shared/contract/appointments.ts'
import type { Id } from '../../../shared/contract/base.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { Writer } from '../../database/database.ts'
import type { Scope } from '../../scope.ts'
import { baseOf, fieldsOf, isException, isPart, repeating, rootOf, type Shown } from './occurrences.ts'
import { columnsOf, familyOf, insertAppointment, type Stored, setAppointment } from './queries.ts'
import { cutRule, namesDays, settledRecurrence, shiftedRule, timesAt } from './recurrence.ts'
import { wallClock } from './wall-clock.ts'

const minuteMs = 60_000
const dayMs = 24 * 60 * minuteMs

interface Place {
  scope: Scope
  shown: Shown
  reach: SeriesReach
  now: string
}

/** What is shown becomes what is wanted, as far as it goes; returns the row that tells it from now on. */
export async function changeShown(db: Writer, place: Place, fields: AppointmentFields): Promise<Id> {
  const { scope, shown, reach, now } = place
  const { stored, seriesId, occurrence } = shown
  const columns = settled(seriesId === null ? fields : { ...fields, recurrence: null })
  if (seriesId === null || (reach === 'this' && !isPart(stored))) {
    await setAppointment(db, stored.id, { ...columns, updated_at: now })
    return stored.id
  }
  if (reach !== 'this') return changeSeries(db, place, { fields, columns })
  return insertAppointment(db, {
    ...columns,
    organization_id: scope.organizationId,
    series_id: seriesId,
    series_minutes: occurrence,
    created_at: now,
    updated_at: now,
  })
}

/** One of a series that is taken out stays as a row that says so. */
export async function removeShown(db: Writer, place: Place, fields: AppointmentFields): Promise<Id> {
  const { shown, reach, now } = place
  if (shown.seriesId !== null && reach !== 'this') return removeSeries(db, place)
  const id = await changeShown(db, { ...place, reach: 'this' }, fields)
  await setAppointment(db, id, { deleted_at: now, updated_at: now })
  return id
}

export function settled(fields: AppointmentFields) {
  const columns = columnsOf(fields)
  if (typeof columns === 'string') throw new Refusal('invalid', `appointment.${columns}`)
  return columns
}

/** The living rows of the series that the caller may write. */
async function ownFamily(db: Writer, { scope, shown }: Place) {
  const family = await familyOf(db, scope.organizationId, shown.seriesId ?? shown.stored.id)
  const isOwn = ({ trainer_id, deleted_at }: Stored) =>
    deleted_at === null && (scope.trainerId === null || trainer_id === scope.trainerId)
  return family.filter(isOwn)
}

/** From which place on something is changed. */
function beginOf({ reach, shown }: Place): number {
  return reach === 'all' ? 0 : (shown.occurrence ?? 0)
}

function partAt(family: readonly Stored[], minutes: number): Stored | undefined {
  return family
    .filter((row) => isPart(row) && baseOf(row) <= minutes)
    .toSorted((one, other) => baseOf(other) - baseOf(one) || (one.updated_at < other.updated_at ? 1 : -1))[0]
}

async function removeSeries(db: Writer, place: Place): Promise<Id> {
  const { shown, now } = place
  const begin = beginOf(place)
  const family = await ownFamily(db, place)
  // What is cut off goes into the trash as a part of its own, from which it can be brought back.
  const part = partAt(family, begin)
  const { startTime } = shown
  if (part && baseOf(part) < begin && (part.series_end ?? '') > startTime) {
    const columns = settled({ ...fieldsOf(shown), recurrence: null })
    const rest = { part, difference: { words: {}, shiftMs: 0, lastsMs: undefined, rule: undefined }, columns }
    await setAppointment(db, await continueFrom(db, place, rest), { deleted_at: now, updated_at: now })
  }
  for (const row of family) {
    if (baseOf(row) >= begin) await setAppointment(db, row.id, { deleted_at: now, updated_at: now })
    else if (isPart(row) && row.id !== part?.id) await endBefore(db, row, begin, now)
  }
  return shown.stored.id
}

async function endBefore(db: Writer, row: Stored, begin: number, now: string) {
  const { startTime } = timesAt(repeating(row), begin - baseOf(row))
  if ((row.series_end ?? '') <= startTime) return
  const { before } = cutRule(repeating(row), begin - baseOf(row))
  await setAppointment(db, row.id, { ...ruleColumns(row, before), updated_at: now })
}

function ruleColumns(row: Pick<Stored, 'start_time' | 'end_time' | 'time_zone'>, rule: string) {
  const settled = settledRecurrence(
    { startTime: row.start_time, endTime: row.end_time },
    { rule, timeZone: row.time_zone ?? 'UTC' },
  )
  if (typeof settled === 'string') throw new Refusal('invalid', `appointment.${settled}`)
  return { recurrence: settled.recurrence, time_zone: settled.timeZone, series_end: settled.seriesEnd }
}

type Columns = ReturnType<typeof settled>

/** Of one of a series to the others: other words, people and places, the way the clock was moved, another length, another rule. */
interface Difference {
  words: Partial<Columns>
  shiftMs: number
  lastsMs: number | undefined
  rule: Columns['recurrence'] | undefined
}

const words = ['title', 'description', 'beneficiary_id', 'trainer_id', 'group_id', 'location', 'type', 'notes'] as const

function differenceOf(part: Stored, { stored, startTime, endTime }: Shown, columns: Columns): Difference {
  const clock = wallClock(part.time_zone ?? 'UTC')
  const [was, is] = [startTime, columns.start_time].map((time) => clock.wallOf(Date.parse(time)))
  const lengthOf = (start: string, end: string) => Date.parse(end) - Date.parse(start)
  const lastsMs = lengthOf(columns.start_time, columns.end_time)
  return {
    words: Object.fromEntries(words.flatMap((word) => (stored[word] === columns[word] ? [] : [[word, columns[word]]]))),
    shiftMs: (is ?? 0) - (was ?? 0),
    lastsMs: lastsMs === lengthOf(startTime, endTime) ? undefined : lastsMs,
    rule: part.recurrence === columns.recurrence ? undefined : columns.recurrence,
  }
}

async function changeSeries(
  db: Writer,
  place: Place,
  { fields, columns }: { fields: AppointmentFields; columns: Columns },
): Promise<Id> {
  const { shown, reach, now } = place
  const family = await ownFamily(db, place)
  const parts = family.filter(isPart)
  const part = partAt(family, shown.occurrence ?? 0)
  if (!part) throw new Refusal('conflict', 'appointment.changedMeanwhile')
  // What a rule says is compared as it would be stored from where this part begins.
  const own = fields.recurrence && columnsOf({ ...fields, startTime: part.start_time, endTime: part.end_time })
  const rule = typeof own === 'string' ? (fields.recurrence?.rule ?? null) : (own?.recurrence ?? null)
  const difference = differenceOf(part, shown, { ...columns, recurrence: rule })
  const begin = beginOf(place)
  if (difference.rule !== undefined && reach === 'all' && (parts.length > 1 || difference.rule === null)) {
    throw new Refusal('conflict', 'appointment.chooseFollowing')
  }
  for (const row of family.filter(isException)) await changeException(db, { row, family, begin, place, difference })
  for (const row of parts.filter((one) => baseOf(one) >= begin)) {
    const isReplaced = difference.rule !== undefined && row.id !== part.id
    if (isReplaced) await setAppointment(db, row.id, { deleted_at: now, updated_at: now })
    else await setAppointment(db, row.id, { ...changedPart(row, difference), updated_at: now })
  }
  if (baseOf(part) >= begin) return difference.rule === null ? stopAt(db, place, part, columns) : part.id
  return continueFrom(db, place, { part, difference, columns })
}

function changedPart(row: Stored, { words, shiftMs, lastsMs, rule }: Difference) {
  const days = dayShift(row, shiftMs)
  if (rule === undefined && days !== 0 && namesDays(row.recurrence ?? '')) {
    throw new Refusal('invalid', 'appointment.ruleFixesDay')
  }
  const times = movedTimes(row, shiftMs, lastsMs)
  const next = rule ?? shiftedRule(repeating(row), days)
  return { ...words, ...times, ...ruleColumns({ ...row, ...times }, next) }
}

function dayShift(row: Stored, shiftMs: number): number {
  const wall = wallClock(row.time_zone ?? 'UTC').wallOf(Date.parse(row.start_time))
  return Math.floor((wall + shiftMs) / dayMs) - Math.floor(wall / dayMs)
}

/** As a clock on the wall is moved, by the zone of the row. */
function movedTimes(row: Pick<Stored, 'start_time' | 'end_time' | 'time_zone'>, shiftMs: number, lastsMs?: number) {
  const clock = wallClock(row.time_zone ?? 'UTC')
  const lasts = lastsMs ?? Date.parse(row.end_time) - Date.parse(row.start_time)
  const begins = clock.momentOf(clock.wallOf(Date.parse(row.start_time)) + shiftMs)
  return { start_time: new Date(begins).toISOString(), end_time: new Date(begins + lasts).toISOString() }
}

/** One that is different keeps what it has of its own; what was held stays as it was. */
async function changeException(
  db: Writer,
  {
    row,
    family,
    begin,
    place,
    difference,
  }: {
    row: Stored
    family: readonly Stored[]
    begin: number
    place: Place
    difference: Difference
  },
) {
  const part = partAt(family, baseOf(row))
  const isShown = row.id === place.shown.stored.id
  if (!part || baseOf(row) < begin || (row.status !== 'scheduled' && !isShown)) return
  const regular = timesAt(repeating(part), baseOf(row) - baseOf(part))
  const isRegular = regular.startTime === row.start_time && regular.endTime === row.end_time
  const shared = Object.entries(difference.words).filter(
    ([word]) => isShown || row[word as (typeof words)[number]] === part[word as (typeof words)[number]],
  )
  const isMoved = (isRegular || isShown) && (difference.shiftMs !== 0 || difference.lastsMs !== undefined)
  const zoned = { ...row, time_zone: part.time_zone }
  const times = isMoved ? movedTimes(zoned, difference.shiftMs, difference.lastsMs) : {}
  if (shared.length === 0 && !isMoved) return
  await setAppointment(db, row.id, { ...Object.fromEntries(shared), ...times, updated_at: place.now })
}

/** A part ends, and another one goes on from here with what is different. */
async function continueFrom(
  db: Writer,
  place: Place,
  { part, difference, columns }: { part: Stored; difference: Difference; columns: Columns },
): Promise<Id> {
  const { scope, shown, now } = place
  const begin = beginOf(place)
  const { after } = cutRule(repeating(part), begin - baseOf(part))
  await endBefore(db, part, begin, now)
  if (difference.rule === null) return stopAt(db, place, part, columns)
  const { startTime, endTime } = timesAt(repeating(part), begin - baseOf(part))
  const { id: _, ...rest } = part
  const there = { ...rest, start_time: startTime, end_time: endTime, recurrence: after }
  const row = { ...part, ...there }
  return insertAppointment(db, {
    ...there,
    ...changedPart(row, difference),
    organization_id: scope.organizationId,
    series_id: shown.seriesId ?? rootOf(part),
    series_minutes: begin,
    uid: null,
    google_event_id: null,
    reminder_sent: false,
    reminded_until: null,
    created_at: now,
    updated_at: now,
  })
}

/** The series ends with this one, which is one by itself from now on. */
async function stopAt(db: Writer, place: Place, part: Stored, columns: Columns): Promise<Id> {
  const { scope, shown, now } = place
  const alone = { ...columns, recurrence: null, time_zone: null, series_end: null, updated_at: now }
  if (!isPart(shown.stored)) return shown.stored.id
  if (baseOf(part) >= beginOf(place)) {
    await setAppointment(db, part.id, alone)
    return part.id
  }
  return insertAppointment(db, {
    ...alone,
    organization_id: scope.organizationId,
    series_id: shown.seriesId,
    series_minutes: shown.occurrence,
    created_at: now,
  })
}
