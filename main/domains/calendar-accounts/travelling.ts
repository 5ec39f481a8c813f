import * as z from 'zod'
import { Recurrence } from '../../../shared/contract/appointments.ts'
import { Timestamp } from '../../../shared/contract/base.ts'
import type { ReadEvent } from '../appointments/calendar-file/read.ts'
import { baseOf, recurrenceOf, repeating } from '../appointments/occurrences.ts'
import type { Stored } from '../appointments/queries.ts'
import { occurrencesIn, type Repeating, settledRecurrence, timesAt } from '../appointments/recurrence.ts'
import { type Fields, isOccurrence, whenField } from './merge.ts'

/** What is one event elsewhere: a row that is one by itself or stands for a series, and what is different in that. */
export interface Unit {
  row: Stored
  exceptions: Exception[]
}

export interface Exception extends Stored {
  /** It is with somebody who is in the trash. */
  isAway: boolean
}

/** What somebody else holds of a series, or is with somebody in the trash: left out elsewhere, and not changed from there. */
export function isHeldBack({ trainer_id, isAway }: Exception, userId: number): boolean {
  return trainer_id !== userId || isAway
}

const Different = z.object({
  title: z.string(),
  description: z.string(),
  location: z.string(),
  startTime: Timestamp,
  endTime: Timestamp,
  isCancelled: z.boolean(),
})
export type Different = z.infer<typeof Different>

const When = z.object({ startTime: Timestamp, endTime: Timestamp, recurrence: Recurrence.nullable() })
export type When = z.infer<typeof When>

/** What travels of an appointment. Of one that is different in a series, null: it is left out. */
export interface Travelling extends Different {
  recurrence: Recurrence | null
  places: ReadonlyMap<string, Different | null>
}

const none = { title: '', description: '', location: '' }

/** As it is here. What is held back is left out of the series; words go as a word that says nothing. */
export function travellingOf({ row, exceptions }: Unit, { userId, tellsWords, word }: Telling): Travelling {
  const wordsOf = ({ title, description, location }: Stored) =>
    tellsWords ? { title, description: description ?? '', location: location ?? '' } : { ...none, title: word }
  const different = (one: Stored) => ({
    ...wordsOf(one),
    startTime: one.start_time,
    endTime: one.end_time,
    isCancelled: one.status === 'cancelled',
  })
  const places = exceptions.map((one): [string, Different | null] => {
    const { startTime } = timesAt(repeating(row), baseOf(one) - baseOf(row))
    const isLeftOut = one.deleted_at !== null || isHeldBack(one, userId)
    return [startTime, isLeftOut ? null : different(one)]
  })
  return { ...different(row), recurrence: recurrenceOf(row), places: new Map(places) }
}

export interface Telling {
  userId: number
  tellsWords: boolean
  /** In the place of a title that does not travel. */
  word: string
}

/** As it is elsewhere. */
export function travellingFrom(event: ReadEvent, others: readonly ReadEvent[]): Travelling {
  const different = ({ title, description, location, startTime, endTime, isCancelled }: ReadEvent): Different => ({
    title,
    description,
    location,
    startTime,
    endTime,
    isCancelled,
  })
  const places = new Map<string, Different | null>(event.without.map((at) => [at, null]))
  for (const other of others) if (other.replaces !== null) places.set(other.replaces, different(other))
  return { ...different(event), recurrence: event.recurrence, places }
}

/** Field by field, and what is as it would be anyway left out. */
export function fieldsOf(travelling: Travelling, tellsWords: boolean): Fields {
  const { title, description, location, startTime, endTime, isCancelled } = travelling
  const settled = settledOf(travelling)
  const recurrence = settled && { rule: settled.recurrence, timeZone: settled.timeZone }
  const fields: Record<string, string> = {
    title,
    description,
    location,
    isCancelled: String(isCancelled),
    [whenField]: JSON.stringify({ startTime, endTime, recurrence } satisfies When),
  }
  if (!settled) return fields
  const words = { title, description, location }
  const lasts = Date.parse(endTime) - Date.parse(startTime)
  const row = { ...settled, startTime, endTime }
  for (const [at, place] of travelling.places) {
    if (!isPlace(row, at)) continue
    const told = place && { ...place, ...(!tellsWords && words) }
    const usual = { ...words, startTime: at, endTime: new Date(Date.parse(at) + lasts).toISOString(), isCancelled }
    if (JSON.stringify(told && Different.parse(told)) === JSON.stringify(Different.parse(usual))) continue
    const kept = told && Different.parse({ ...told, ...(!tellsWords && none) })
    fields[`at:${at}`] = JSON.stringify(kept)
  }
  return fields
}

/** The other way round. */
export function travellingIn(fields: Fields): Travelling {
  const { startTime, endTime, recurrence } = When.parse(JSON.parse(fields[whenField] ?? ''))
  const places = Object.entries(fields)
    .filter(([field]) => isOccurrence(field))
    .map(([field, value]): [string, Different | null] => [field.slice(3), placeIn(value)])
  const { title = '', description = '', location = '', isCancelled } = fields
  const words = { title, description, location, isCancelled: isCancelled === 'true' }
  return { ...words, startTime, endTime, recurrence, places: new Map(places) }
}

/** What is different in a series, alone. */
export function placesIn(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([field]) => isOccurrence(field)))
}

export function placeIn(value: string): Different | null {
  return Different.nullable().parse(JSON.parse(value))
}

export function whenIn(value: string): When {
  return When.parse(JSON.parse(value))
}

function settledOf({ startTime, endTime, recurrence }: Travelling) {
  const settled = recurrence && settledRecurrence({ startTime, endTime }, recurrence)
  return settled && typeof settled !== 'string' ? settled : null
}

/** Whether one of a series begins then. */
export function placeAt(row: Repeating, at: string): number | undefined {
  const until = new Date(Date.parse(at) + 1).toISOString()
  return occurrencesIn(row, { from: at, until }, 20).find(({ startTime }) => startTime === at)?.minutes
}

function isPlace(row: Repeating, at: string): boolean {
  return placeAt(row, at) !== undefined
}
