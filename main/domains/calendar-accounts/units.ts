import type { Id } from '../../../shared/contract/base.ts'
import type { Reader } from '../../database/database.ts'
import { isNotInTrash } from '../../scope.ts'
import { baseOf, isException, isPart, newer, rootOf } from '../appointments/occurrences.ts'
import { awayIn, familyOf, type Stored } from '../appointments/queries.ts'
import type { Unit } from './travelling.ts'

/** With what is different in it; deleted ones too. */
export async function unitOf(db: Reader, organizationId: Id, id: Id): Promise<Unit | undefined> {
  const row = await db
    .selectFrom('appointments')
    .selectAll()
    .where('id', '=', id)
    .where('organization_id', '=', organizationId)
    .executeTakeFirst()
  if (!row || isException(row)) return undefined
  if (!isPart(row)) return { row, exceptions: [] }
  const family = await familyOf(db, organizationId, rootOf(row))
  const own = family.filter((one) => isException(one) && partOf(one, family)?.id === row.id)
  const byPlace = Map.groupBy(own, baseOf)
  const away = await awayIn(db, rootOf(row))
  const exceptions = [...byPlace.values()].map((same) => same.reduce(newer))
  return { row, exceptions: exceptions.map((one) => ({ ...one, isAway: away.has(one.id) })) }
}

/** The latest part of a series that begins before a place. */
function partOf(row: Stored, family: readonly Stored[]): Stored | undefined {
  const parts = family.filter((one) => isPart(one) && baseOf(one) <= baseOf(row))
  return parts.toSorted((one, other) => baseOf(other) - baseOf(one))[0]
}

/** It is there, and the trainer's own. */
export function isLiving({ row }: Unit, userId: Id): boolean {
  return row.deleted_at === null && row.trainer_id === userId
}

/** Not with somebody who is in the trash. */
export async function isWithSomebodyHere(db: Reader, id: Id): Promise<boolean> {
  const row = await db
    .selectFrom('appointments')
    .select('id')
    .where('id', '=', id)
    .where(isNotInTrash('appointments.beneficiary_id'))
    .executeTakeFirst()
  return row !== undefined
}

/** What of a trainer goes on until a time or beyond: one by itself, or what stands for a series. */
export async function unitsFrom(db: Reader, owner: { organizationId: Id; userId: Id }, since: string): Promise<Id[]> {
  const rows = await db
    .selectFrom('appointments')
    .select('id')
    .where('organization_id', '=', owner.organizationId)
    .where('trainer_id', '=', owner.userId)
    .where('deleted_at', 'is', null)
    .where(isNotInTrash('appointments.beneficiary_id'))
    .where((eb) => eb.or([eb('recurrence', 'is not', null), eb('series_id', 'is', null)]))
    .where((eb) => eb.or([eb('end_time', '>=', since), eb('series_end', '>=', since)]))
    .orderBy('start_time')
    .execute()
  return rows.map(({ id }) => id)
}

/** Changes whenever an appointment of the trainer does, and when somebody they meet goes to the trash or comes back. */
export async function markOf(db: Reader, userId: Id): Promise<string> {
  const { latest, count } = await db
    .selectFrom('appointments')
    .select((eb) => [eb.fn.max('updated_at').as('latest'), eb.fn.countAll().as('count')])
    .where('trainer_id', '=', userId)
    .where(isNotInTrash('appointments.beneficiary_id'))
    .executeTakeFirstOrThrow()
  return `${count} ${latest}`
}
