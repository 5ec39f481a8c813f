import type { Id } from '../../../shared/contract/base.ts'
import type { Actor } from '../../actor.ts'
import type { Changes } from '../../database/changes.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { mintId } from '../../database/ids.ts'
import type { JsonValue } from '../../database/tables.ts'
import { beginning, type Line, macOf, partsOf, seal } from './chain.ts'
import { personOfResource } from './people.ts'
import { headOf, insertLine, insertLink, insertPeople } from './queries.ts'

interface Activity {
  actor: Pick<Actor, 'userId' | 'organizationId'>
  action: string
  resource?: string
  resourceId: Id | null
  details: Record<string, string | number | boolean | null>
  changes?: Changes
  visitor: { ipAddress: string; userAgent: string }
  now: string
}

/** Adds a line to the log, sealed to all lines before it, in the transaction of what it tells of. */
export async function logActivity(db: Writer, key: Buffer, activity: Activity): Promise<Id> {
  const { actor, changes, visitor } = activity
  const line: Line = {
    id: await mintId(db, 'activity_logs'),
    organizationId: actor.organizationId,
    userId: actor.userId,
    action: activity.action,
    resource: activity.resource ?? null,
    resourceId: activity.resourceId,
    details: { ...activity.details, ...told(changes) } as JsonValue,
    ipAddress: visitor.ipAddress.toWellFormed(),
    userAgent: visitor.userAgent.slice(0, 1000).toWellFormed(),
    at: activity.now,
  }
  await insertLine(db, line)
  await append(db, key, line)
  await insertPeople(db, line.id, await peopleOf(db, line, changes))
  return line.id
}

function told(changes: Changes | undefined) {
  if (!changes) return {}
  return {
    ...(changes.unlisted > 0 && { unlisted: changes.unlisted }),
    ...(changes.listed.length > 0 && { changes: changes.listed }),
  }
}

async function append(db: Writer, key: Buffer, line: Line) {
  const chain = line.organizationId ?? 0
  const head = await headOf(db, chain)
  const link = { chain, sequence: (head?.sequence ?? 0) + 1, seals: partsOf(line).map(seal) }
  await insertLink(db, line.id, { ...link, mac: macOf(key, head?.mac ?? beginning, line, link) })
}

async function peopleOf(db: Reader, { resource, resourceId }: Line, changes: Changes | undefined): Promise<Set<Id>> {
  const people = new Set<Id>()
  for (const { person } of changes?.listed ?? []) if (person !== null) people.add(person)
  const subject = resource && resourceId !== null ? await personOfResource(db, resource, resourceId) : undefined
  if (subject !== undefined) people.add(subject)
  return people
}
