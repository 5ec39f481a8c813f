import { sql } from 'kysely'
import { type TrashedAppointment, trashDays } from '../../../shared/contract/appointments.ts'
import type { Id } from '../../../shared/contract/base.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { Clock } from '../../clock.ts'
import type { DatabaseFile, Reader, Writer } from '../../database/database.ts'
import type { Scope } from '../../scope.ts'
import { witnessedBefore } from '../activity/witnessed-time.ts'
import { baseOf, isPart, rootOf } from './occurrences.ts'
import { familyOf, type Named, setAppointment, trashOf } from './queries.ts'

/** What was deleted within reach, the latest first; what went together stands there once. */
export async function trashIn(db: Reader, scope: Scope): Promise<TrashedAppointment[]> {
  const rows = await trashOf(db, scope)
  const byDeletion = Map.groupBy(rows, (row) => `${rootOf(row)} ${row.deleted_at}`)
  return [...byDeletion.values()].flatMap((together) => {
    const parts = together.filter(isPart).toSorted((one, other) => baseOf(one) - baseOf(other))
    return parts.length > 0 ? parts.slice(0, 1).map(trashed) : together.map(trashed)
  })
}

function trashed(row: Named): TrashedAppointment {
  const { id, title, start_time, end_time, deleted_at, beneficiaryName } = row
  return {
    id,
    title,
    startTime: start_time,
    endTime: end_time,
    deletedAt: deleted_at ?? '',
    repeats: isPart(row),
    beneficiaryName,
  }
}

/** Brings it back with all that was deleted together with it. */
export async function restoreAppointment(db: Writer, scope: Scope, id: Id, now: string): Promise<Id> {
  const row = (await trashOf(db, scope)).find((one) => one.id === id)
  if (!row) throw new Refusal('notFound', 'appointment.notFound')
  const family = await familyOf(db, scope.organizationId, rootOf(row))
  const together = isPart(row) ? family.filter((one) => one.deleted_at === row.deleted_at) : [row]
  for (const one of together) await setAppointment(db, one.id, { deleted_at: null, updated_at: now })
  return rootOf(row)
}

/**
 * Takes out for good what was deleted a month ago, with who was there. One of a series stays as long as the series does,
 * which would show it again, and nothing goes that a legal hold keeps.
 */
export async function emptyTrash({ database, clock }: { database: DatabaseFile; clock: Clock }) {
  const before = await witnessedBefore(database.reader, clock.now(), trashDays)
  const due = before ? await dueIn(database.reader, before) : []
  if (!before || due.length === 0) return
  await database.write(async (db) => {
    for (const { id } of await dueIn(db, before)) {
      const kin = db
        .selectFrom('appointments')
        .select('id')
        .where((eb) => eb.or([eb('id', '=', id), eb('series_id', '=', id)]))
      await db.deleteFrom('attendance').where('appointment_id', 'in', kin).execute()
      await db.deleteFrom('appointments').where('id', '=', id).execute()
    }
  })
}

function dueIn(db: Reader, before: string) {
  return db
    .selectFrom('appointments as root')
    .select('root.id')
    .where('root.series_id', 'is', null)
    .where('root.deleted_at', '<', before)
    .where(
      sql<boolean>`not exists (
        select 1 from appointments as kin left join beneficiaries on beneficiaries.id = kin.beneficiary_id
        where (kin.id = root.id or kin.series_id = root.id) and (
          kin.deleted_at is null or kin.deleted_at >= ${before}
          or exists (select 1 from legal_holds where lifted_at is null and person_id = beneficiaries.user_id)
        )
      )`,
    )
    .limit(500)
    .execute()
}
