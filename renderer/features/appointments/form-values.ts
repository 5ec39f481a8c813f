import * as z from 'zod'
import { type Appointment, AppointmentFields, type EventElsewhere } from '../../../shared/contract/appointments.ts'
import type { EventAsAppointment } from '../../../shared/contract/calendar-accounts.ts'
import { fromLocalTime, toLocalTime } from '../../lib/local-time.ts'
import { noRepeat, Repeat, repeatOf } from './repeat.ts'

const LocalTime = z.iso.datetime({ local: true })

/** The form: its times are those of this machine, as the fields have them. */
export const AppointmentEntry = AppointmentFields.omit({ startTime: true, endTime: true, recurrence: true }).extend({
  start: LocalTime,
  end: LocalTime,
  ...Repeat.shape,
})
export type AppointmentEntry = z.infer<typeof AppointmentEntry>

const usualMinutes = 60

export function newEntry(startTime: string): AppointmentEntry {
  return {
    title: '',
    description: '',
    beneficiaryId: null,
    trainerId: null,
    groupId: null,
    start: toLocalTime(startTime),
    end: toLocalTime(new Date(Date.parse(startTime) + usualMinutes * 60_000).toISOString()),
    location: '',
    type: '',
    status: 'scheduled',
    notes: '',
    ...noRepeat,
  }
}

/** What a new appointment is made of. */
export type FromEvent = EventAsAppointment & { event: EventElsewhere }

export function entryOfEvent({ title, description, location, type, startTime, endTime, recurrence }: FromEvent) {
  const words = { title, description, location, type }
  const times = { start: toLocalTime(startTime), end: toLocalTime(endTime) }
  return { ...newEntry(startTime), ...words, ...times, ...repeatOf(recurrence) }
}

export function entryOf({ startTime, endTime, recurrence, ...appointment }: Appointment): AppointmentEntry {
  const entry = {
    ...appointment,
    start: toLocalTime(startTime),
    end: toLocalTime(endTime),
    ...repeatOf(recurrence),
  }
  return AppointmentEntry.strip().parse(entry)
}

/**
 * What is saved; null while a time is unfinished. A time that was left alone stays what it was: the hour that the clocks
 * repeat in autumn is written like the one before it.
 */
export function timesOf(
  { start, end }: { start: string; end: string },
  present?: Pick<Appointment, 'startTime' | 'endTime'>,
) {
  const startTime = start === toLocalTime(present?.startTime ?? null) ? present?.startTime : fromLocalTime(start)
  const endTime = end === toLocalTime(present?.endTime ?? null) ? present?.endTime : fromLocalTime(end)
  return startTime && endTime ? { startTime, endTime } : null
}

/** The end goes along with the beginning, so that the length stays. */
export function endAfter(start: string, before: { start: string; end: string }): string {
  const [wanted, from, to] = [start, before.start, before.end].map((time) => new Date(time).getTime())
  const end = (wanted ?? Number.NaN) + ((to ?? Number.NaN) - (from ?? Number.NaN))
  return Number.isNaN(end) ? before.end : toLocalTime(new Date(end).toISOString())
}
