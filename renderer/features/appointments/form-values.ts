import * as z from 'zod'
import { type Appointment, AppointmentFields } from '../../../shared/contract/appointments.ts'
import { fromLocalTime, toLocalTime } from '../../lib/local-time.ts'
import { noRepeat, Repeat, repeatOf } from './repeat.ts'

/** The form: its times are those of this machine, as the fields have them. */
export const AppointmentEntry = AppointmentFields.omit({ startTime: true, endTime: true, recurrence: true }).extend({
  start: z.string().min(1),
  end: z.string().min(1),
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
export function timesOf({ start, end }: { start: string; end: string }, present?: Appointment) {
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
