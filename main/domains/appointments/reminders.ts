import { sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { Clock } from '../../clock.ts'
import type { DatabaseFile, Reader, Writer } from '../../database/database.ts'
import { remindOf } from '../notifications/appointments.ts'
import { fieldsOf, isPart, type Shown, shownIn } from './occurrences.ts'
import { emptyTrash } from './trash.ts'

interface Options {
  database: DatabaseFile
  clock: Clock
}

/** So long before it begins those concerned are reminded. */
const reminderMinutes = 30
const everyMs = 30_000
const emptiedEveryMs = 6 * 3_600_000
const mostAtOnce = 500

/**
 * Reminds of what begins within half an hour, and, where the machine slept over that, of what has begun and is not over.
 * What was reminded of is marked in the row, which other machines learn of; one that did not know yet leaves a second
 * note, and that goes here.
 */
async function remindOfAppointments({ database, clock }: Options) {
  const now = clock.now()
  const organizations = await database.reader.selectFrom('organizations').select('id').execute()
  for (const { id } of organizations) {
    if ((await dueIn(database.reader, id, now)).length === 0) continue
    await database.write(async (db) => {
      for (const shown of await dueIn(db, id, now)) await remind(db, shown, now.toISOString())
    })
  }
  if (await hasDoubles(database.reader)) await database.write(dropDoubles)
}

async function dueIn(db: Reader, organizationId: Id, now: Date): Promise<Shown[]> {
  const until = new Date(now.getTime() + reminderMinutes * 60_000 + 1).toISOString()
  const near = await shownIn(db, { organizationId }, { from: now.toISOString(), until }, mostAtOnce)
  return near.filter(({ stored, startTime }) => {
    const isTold = isPart(stored) ? (stored.reminded_until ?? '') >= startTime : stored.reminder_sent
    return stored.status === 'scheduled' && !isTold
  })
}

async function remind(db: Writer, shown: Shown, now: string) {
  const { stored, startTime, occurrence } = shown
  const { organization_id: organizationId, id: appointmentId } = stored
  await remindOf(db, { organizationId, appointmentId, occurrence, startTime }, fieldsOf(shown), now)
  await db
    .updateTable('appointments')
    .set(isPart(stored) ? { reminded_until: startTime } : { reminder_sent: true })
    .where('id', '=', appointmentId)
    .execute()
}

const isReminder = sql<boolean>`type = 'appointment' and json_extract(data, '$.news') = 'soon'`
const isSecond = sql<boolean>`exists (
  select 1 from notifications as first
  where first.user_id = notifications.user_id and first.type = 'appointment' and first.id < notifications.id
    and first.data = notifications.data
)`

async function hasDoubles(db: Reader): Promise<boolean> {
  const found = await db
    .selectFrom('notifications')
    .select('id')
    .where('is_read', '=', false)
    .where(isReminder)
    .where(isSecond)
    .limit(1)
    .execute()
  return found.length > 0
}

async function dropDoubles(db: Writer) {
  await db.deleteFrom('notifications').where('is_read', '=', false).where(isReminder).where(isSecond).execute()
}

/** Reminds from the start on and every half minute, also the first one after a sleep; the end waits for what is running. */
export function keepReminding({ onFailure, ...options }: Options & { onFailure(error: unknown): Promise<unknown> }) {
  let running: Promise<unknown> = emptyTrash(options)
    .then(() => remindOfAppointments(options))
    .catch(onFailure)
  const follow = (work: (options: Options) => Promise<unknown>) => {
    running = running.then(() => work(options)).catch(onFailure)
  }
  const timers = [
    setInterval(() => follow(remindOfAppointments), everyMs),
    setInterval(() => follow(emptyTrash), emptiedEveryMs),
  ]
  for (const timer of timers) timer.unref()
  return {
    async stop() {
      for (const timer of timers) clearInterval(timer)
      await running
    },
  }
}
