import { AppointmentFields } from '../../../shared/contract/appointments.ts'
import type { Writer } from '../../database/database.ts'
import { baseOf, repeating, rootOf } from '../appointments/occurrences.ts'
import { columnsOf, insertAppointment, type Stored, setAppointment } from '../appointments/queries.ts'
import { type Repeating, timesAt } from '../appointments/recurrence.ts'
import type { Fields } from './merge.ts'
import {
  type Different,
  isHeldBack,
  placeAt,
  type Telling,
  type Travelling,
  travellingIn,
  type Unit,
} from './travelling.ts'

type Columns = Exclude<ReturnType<typeof columnsOf>, string>

interface Applying {
  db: Writer
  unit: Unit
  telling: Telling
  now: string
}

/** Writes what travelled here: the name of what is wrong with it otherwise, and nothing is written. */
export async function applyHere(applying: Applying, fields: Fields): Promise<'done' | 'badRule' | 'startOffRule'> {
  const { db, telling, now } = applying
  const wanted = travellingIn(fields)
  const columns = rowColumns(applying.unit.row, wanted, telling)
  if (typeof columns === 'string') return columns
  if (columns.end_time <= columns.start_time) return 'badRule'
  const unit = await bringBack(db, applying.unit, now)
  await change(db, unit.row, columns, now)
  const next = { ...unit.row, ...columns }
  if (columns.recurrence === null) await removeRows(db, unit.exceptions, now)
  else await applyPlaces({ ...applying, unit }, next, wanted.places)
  return 'done'
}

function rowColumns(row: Stored, wanted: Travelling, { tellsWords }: Telling): Columns | 'badRule' | 'startOffRule' {
  const words = tellsWords
    ? wanted
    : { title: row.title, description: row.description ?? '', location: row.location ?? '' }
  const { startTime, endTime, recurrence, isCancelled } = wanted
  const fields = AppointmentFields.safeParse({
    title: words.title,
    description: words.description,
    location: words.location,
    beneficiaryId: row.beneficiary_id,
    trainerId: row.trainer_id,
    groupId: row.group_id,
    type: row.type ?? '',
    notes: row.notes ?? '',
    status: statusOf(row, isCancelled),
    startTime,
    endTime,
    recurrence,
  })
  return fields.success ? columnsOf(fields.data) : 'badRule'
}

function statusOf({ status }: Stored, isCancelled: boolean): Stored['status'] {
  if (isCancelled) return 'cancelled'
  return status === 'cancelled' ? 'scheduled' : status
}

async function applyPlaces(applying: Applying, row: Stored, places: Travelling['places']) {
  const { db, unit, telling, now } = applying
  const series = repeating(row)
  const wanted = new Map<number, Different | null>()
  for (const [at, place] of places) {
    const minutes = placeAt(series, at)
    if (minutes !== undefined) wanted.set(baseOf(row) + minutes, place)
  }
  for (const present of unit.exceptions.filter((one) => !isHeldBack(one, telling.userId))) {
    const place = wanted.get(baseOf(present))
    await change(db, present, placeColumns(present, row, place, telling, now), now)
  }
  const known = new Set(unit.exceptions.map(baseOf))
  for (const [minutes, place] of wanted) {
    if (!known.has(minutes)) await insertPlace(applying, row, minutes, place)
  }
}

/** Undefined: as all others are. */
function placeColumns(
  present: Stored,
  row: Stored,
  place: Different | null | undefined,
  { tellsWords }: Telling,
  now: string,
): Partial<Stored> {
  const { startTime, endTime } = timesAt(repeating(row), baseOf(present) - baseOf(row))
  const isPlace = placeAt(repeating(row), startTime) !== undefined
  if (place === null || !isPlace) return { deleted_at: present.deleted_at ?? now }
  if (place === undefined)
    return { ...usualWords(row, tellsWords), start_time: startTime, end_time: endTime, deleted_at: null }
  return {
    ...(tellsWords && wordsOf(place)),
    start_time: place.startTime,
    end_time: place.endTime,
    status: statusOf(present, place.isCancelled),
    deleted_at: null,
  }
}

function usualWords({ title, description, location }: Stored, tellsWords: boolean) {
  return tellsWords ? { title, description, location } : {}
}

function wordsOf({ title, description, location }: Different) {
  return { title, description: description || null, location: location || null }
}

async function insertPlace({ db, telling, now }: Applying, row: Stored, minutes: number, place: Different | null) {
  const { id: _, ...rest } = row
  const usual: Repeating = repeating(row)
  const { startTime, endTime } = timesAt(usual, minutes - baseOf(row))
  const alone = { recurrence: null, time_zone: null, series_end: null, uid: null, google_event_id: null }
  await insertAppointment(db, {
    ...rest,
    ...alone,
    ...(place && telling.tellsWords && wordsOf(place)),
    ...(place && { status: statusOf(row, place.isCancelled) }),
    start_time: place?.startTime ?? startTime,
    end_time: place?.endTime ?? endTime,
    series_id: rootOf(row),
    series_minutes: minutes,
    reminder_sent: false,
    reminded_until: null,
    created_at: now,
    updated_at: now,
    deleted_at: place ? null : now,
  })
}

async function change(db: Writer, row: Stored, columns: Partial<Stored>, now: string) {
  const isNews = Object.entries(columns).some(([name, value]) => row[name as keyof Stored] !== value)
  if (isNews) await setAppointment(db, row.id, { ...columns, updated_at: now })
}

/** Into the trash, with what is different in it. */
export async function removeHere(db: Writer, { row, exceptions }: Unit, now: string) {
  await removeRows(db, [row, ...exceptions], now)
}

async function removeRows(db: Writer, rows: readonly Stored[], now: string) {
  for (const row of rows)
    if (row.deleted_at === null) await setAppointment(db, row.id, { deleted_at: now, updated_at: now })
}

/** Out of the trash, with what went into it together. */
async function bringBack(db: Writer, { row, exceptions }: Unit, now: string): Promise<Unit> {
  const together = [row, ...exceptions].filter((one) => one.deleted_at !== null && one.deleted_at === row.deleted_at)
  for (const one of together) await setAppointment(db, one.id, { deleted_at: null, updated_at: now })
  const back = <Row extends Stored>(one: Row): Row =>
    together.includes(one) ? { ...one, deleted_at: null, updated_at: now } : one
  return { row: back(row), exceptions: exceptions.map(back) }
}
