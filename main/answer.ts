import { Id, type Look, type MutationMeta, type QueryMeta } from '../shared/contract/base.ts'
import { mayUse, type ProcedureName } from '../shared/permissions.ts'
import { Refusal } from '../shared/refusal.ts'
import { type Actor, authenticate } from './actor.ts'
import type { Clock } from './clock.ts'
import type { Mutation, PreparedMutation, ReadContext, Visitor, WriteContext } from './context.ts'
import type { DatabaseFile, Reader } from './database/database.ts'
import { logActivity } from './domains/activity/log.ts'
import type { Looks } from './domains/activity/looks.ts'
import type { Installation } from './domains/identity/installation.ts'
import type { Passwords } from './domains/identity/passwords.ts'
import { touchSession } from './domains/identity/queries.ts'

export interface Core {
  database: DatabaseFile
  clock: Clock
  installation: Installation
  passwords: Passwords
  looks: Looks
}

/** A procedure as the contract and the table of permissions know it. */
export interface Asked<Meta> {
  name: ProcedureName
  meta: Meta
}

export type AnyQuery = (context: ReadContext, input: unknown) => Promise<unknown>
export type AnyMutation = Mutation<unknown, unknown> | PreparedMutation<unknown, unknown>

export async function answerQuery(
  core: Core,
  { name, meta }: Asked<QueryMeta>,
  handler: AnyQuery,
  visitor: Visitor,
  input: unknown,
) {
  const context = await readContext(core, name, visitor)
  const output = await handler(context, input)
  if (meta.look) await noteLook(core, meta.look, context, input)
  return output
}

/** A look that cannot be noted is not given; learners who read what is their own are not lookers. */
async function noteLook(core: Core, look: Look, { actor, visitor }: ReadContext, input: unknown) {
  const resourceId = Id.safeParse(Object(input)[look.input])
  const isLearner = ['student', 'kiosk', 'room'].includes(actor.kind)
  if (!resourceId.success || (isLearner && !look.learnersToo)) return
  const { action, resource, isInPieces = false } = look
  await core.looks.record({ actor, action, resource, resourceId: resourceId.data, visitor, isInPieces })
}

async function readContext(
  { database, clock, installation, passwords }: Core,
  name: ProcedureName,
  visitor: Visitor,
): Promise<ReadContext> {
  const db = database.reader
  return { db, actor: await admit(db, name, visitor, clock), visitor, clock, installation, passwords }
}

export async function answerMutation(
  core: Core,
  { name, meta }: Asked<MutationMeta>,
  handler: AnyMutation,
  visitor: Visitor,
  input: unknown,
) {
  const { database, clock, installation } = core
  const write =
    typeof handler === 'function'
      ? (context: WriteContext) => handler(context, input)
      : await handler.prepare(await readContext(core, name, visitor), input)

  const afterCommit: (() => void)[] = []
  const later = { refusal: null as Refusal | null }
  const output = await database.write(async (db) => {
    // Admitted by the connection that writes: the session counts at this moment, and the pages are in its cache already.
    const actor = await admit(db, name, visitor, clock)
    const now = clock.now().toISOString()
    const isWatched = 'action' in meta.audit && !meta.audit.valuesStay
    if (isWatched) database.changes.start('action' in meta.audit ? meta.audit.rows : undefined)
    const log = { actor: actor as Pick<Actor, 'userId' | 'organizationId'>, resourceId: null as Id | null, details: {} }
    const result = await write({
      db,
      actor,
      visitor,
      clock,
      installation,
      now,
      about(resourceId, details = {}) {
        Object.assign(log, { resourceId, details })
      },
      actAs(somebody) {
        log.actor = somebody
      },
      refuseAfterwards(refusal) {
        later.refusal = refusal
      },
      afterwards(work) {
        afterCommit.push(work)
      },
      setToken(token, options = { lasting: false }) {
        afterCommit.push(() => visitor.credentials.write(token, options))
      },
    })
    const refused = later.refusal && { refused: later.refusal.key }
    const details = { ...log.details, ...refused }
    if ('action' in meta.audit) {
      const changes = isWatched ? { changes: database.changes.take() } : {}
      await logActivity(db, database.auditKey, { ...meta.audit, ...log, details, ...changes, visitor, now })
    }
    if (isDueForTouch(actor, now)) await touchSession(db, actor.sessionId, now)
    return result
  })
  for (const work of afterCommit) work()
  if (later.refusal) throw later.refusal
  return output
}

/** A session's activity is noted once a minute at most: more often would be a write for nothing. */
function isDueForTouch(actor: Actor, now: string): actor is Actor & { sessionId: Id } {
  return (
    actor.kind !== 'locked' && actor.lastActivity !== null && Date.parse(now) - Date.parse(actor.lastActivity) > 60_000
  )
}

async function admit(db: Reader, name: ProcedureName, visitor: Visitor, clock: Clock): Promise<Actor> {
  const actor = await authenticate(db, visitor.credentials.read(), clock.now())
  if (mayUse(actor.kind, name)) return actor
  if (actor.kind === 'locked') throw new Refusal('unauthenticated', 'door.locked')
  if (actor.kind === 'unverified') throw new Refusal('forbidden', 'door.verifyFirst')
  if (actor.kind === 'nobody') throw new Refusal('unauthenticated', 'door.signInFirst')
  throw new Refusal('forbidden', 'door.forbidden')
}
