import { sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { Reader, Writer } from '../../database/database.ts'
import type { Line, Link, Seal } from './chain.ts'

export function insertLine(db: Writer, line: Line) {
  return db
    .insertInto('activity_logs')
    .values({
      id: line.id,
      organization_id: line.organizationId,
      user_id: line.userId,
      action: line.action,
      resource_type: line.resource,
      resource_id: line.resourceId,
      details: line.details as Record<string, never>,
      ip_address: line.ipAddress,
      user_agent: line.userAgent,
      created_at: line.at,
    })
    .execute()
}

export function insertLink(db: Writer, activityId: Id, { chain, sequence, seals, mac }: Link) {
  return db
    .insertInto('activity_chain')
    .values({ chain, sequence, activity_id: activityId, parts: JSON.stringify(seals), mac })
    .execute()
}

/** The newest link of a chain. */
export function headOf(db: Reader, chain: Id) {
  return db
    .selectFrom('activity_chain')
    .select(['sequence', 'mac'])
    .where('chain', '=', chain)
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export function linkAt(db: Reader, chain: Id, sequence: number) {
  return db
    .selectFrom('activity_chain')
    .select(['mac', 'activity_id as activityId'])
    .where('chain', '=', chain)
    .where('sequence', '=', sequence)
    .executeTakeFirst()
}

/** Links of a chain after a place in it, with their lines as far as they are there. */
export async function linksAfter(db: Reader, chain: Id, sequence: number, limit: number) {
  const rows = await links(db)
    .where('activity_chain.chain', '=', chain)
    .where('activity_chain.sequence', '>', sequence)
    .orderBy('activity_chain.sequence')
    .limit(limit)
    .execute()
  return rows.map(linked)
}

export async function linkOf(db: Reader, activityId: Id) {
  const row = await links(db).where('activity_chain.activity_id', '=', activityId).executeTakeFirst()
  return row && linked(row)
}

function links(db: Reader) {
  return db
    .selectFrom('activity_chain')
    .leftJoin('activity_logs', 'activity_logs.id', 'activity_chain.activity_id')
    .select([
      'activity_chain.chain',
      'activity_chain.sequence',
      'activity_chain.activity_id as activityId',
      'activity_chain.parts',
      'activity_chain.mac',
      'activity_logs.id',
      'activity_logs.organization_id as organizationId',
      // Only the proof knows of somebody whose account is not here any more.
      sql<Id | null>`coalesce(activity_logs.user_id, iif(activity_chain.user_id in (select id from users), null, activity_chain.user_id))`.as(
        'userId',
      ),
      'activity_logs.action',
      'activity_logs.resource_type as resource',
      'activity_logs.resource_id as resourceId',
      'activity_logs.details',
      'activity_logs.ip_address as ipAddress',
      'activity_logs.user_agent as userAgent',
      'activity_logs.created_at as at',
    ])
}

type LinkRow = Awaited<ReturnType<ReturnType<typeof links>['execute']>>[number]

function linked({ chain, sequence, activityId, parts, mac, ...line }: LinkRow) {
  return {
    activityId,
    link: { chain, sequence, mac, seals: JSON.parse(parts) as Seal[] } satisfies Link,
    line: line.id === null ? undefined : (line as Line),
  }
}

/** The first line of an organization that no chain knows. */
export async function strangeLine(db: Reader, chain: Id): Promise<Id | undefined> {
  const row = await db
    .selectFrom('activity_logs')
    .leftJoin('activity_chain', 'activity_chain.activity_id', 'activity_logs.id')
    .select('activity_logs.id')
    .where('activity_logs.organization_id', chain === 0 ? 'is' : '=', chain === 0 ? null : chain)
    .where('activity_chain.activity_id', 'is', null)
    .orderBy('activity_logs.id')
    .limit(1)
    .executeTakeFirst()
  return row?.id
}

export async function insertPeople(db: Writer, activityId: Id, people: Iterable<Id>) {
  const values = [...people].map((person) => ({ person_id: person, activity_id: activityId }))
  if (values.length === 0) return
  await db
    .insertInto('activity_people')
    .values(values)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export function countRepeat(db: Writer, activityId: Id, at: string) {
  return db
    .insertInto('activity_repeats')
    .values({ activity_id: activityId, looks: 2, last_at: at })
    .onConflict((conflict) =>
      conflict
        .column('activity_id')
        .doUpdateSet((eb) => ({ looks: eb('activity_repeats.looks', '+', 1), last_at: at })),
    )
    .execute()
}

/** The log of a practice centre goes with it. */
export async function forgetChain(db: Writer, organizationId: Id) {
  const lines = db.selectFrom('activity_chain').select('activity_id').where('chain', '=', organizationId)
  await db.deleteFrom('activity_people').where('activity_id', 'in', lines).execute()
  await db.deleteFrom('activity_checks').where('chain', '=', organizationId).execute()
  await db.deleteFrom('activity_chain').where('chain', '=', organizationId).execute()
}

/** Every chain of this machine: an organization, or 0. */
export async function chainsOf(db: Reader): Promise<Id[]> {
  const rows = await db.selectFrom('activity_chain').select('chain').distinct().orderBy('chain').execute()
  return rows.map(({ chain }) => chain)
}
