import type { Id, MutationMeta, ProcedureMeta, QueryMeta } from '../shared/contract/base.ts'
import { mayUse } from '../shared/permissions.ts'
import { Refusal } from '../shared/refusal.ts'
import { type Actor, authenticate } from './actor.ts'
import type { Clock } from './clock.ts'
import type { Mutation, PreparedMutation, ReadContext, Visitor, WriteContext } from './context.ts'
import type { DatabaseFile, Reader } from './database/database.ts'
import { logActivity } from './domains/activity/queries.ts'
import { touchSession } from './domains/identity/queries.ts'

export interface Core {
  database: DatabaseFile
  clock: Clock
}

export type AnyQuery = (context: ReadContext, input: unknown) => Promise<unknown>
export type AnyMutation = Mutation<unknown, unknown> | PreparedMutation<unknown, unknown>

export async function answerQuery({ database, clock }: Core, meta: QueryMeta, handler: AnyQuery, visitor: Visitor, input: unknown) {
  const db = database.reader
  return handler({ db, actor: await admit(db, meta, visitor, clock), visitor, clock }, input)
}

export async function answerMutation(core: Core, meta: MutationMeta, handler: AnyMutation, visitor: Visitor, input: unknown) {
  const { database, clock } = core
  const write =
    typeof handler === 'function'
      ? (context: WriteContext) => handler(context, input)
      : await prepareWrite(core, meta, handler, visitor, input)

  let afterCommit = () => {}
  const output = await database.write(async (db) => {
    // Admitted by the connection that writes: the session counts at this moment, and the pages are in its cache already.
    const actor = await admit(db, meta, visitor, clock)
    const now = clock.now().toISOString()
    const log = { actor: actor as Pick<Actor, 'userId' | 'organizationId'>, resourceId: null as Id | null, details: {} }
    const result = await write({
      db,
      actor,
      visitor,
      clock,
      now,
      about(resourceId, details = {}) {
        Object.assign(log, { resourceId, details })
      },
      actAs(somebody) {
        log.actor = somebody
      },
      setToken(token, options = { lasting: false }) {
        afterCommit = () => visitor.credentials.write(token, options)
      },
    })
    if ('action' in meta.audit) await logActivity(db, { ...meta.audit, ...log, visitor, now })
    if (isDueForTouch(actor, now)) await touchSession(db, actor.sessionId, now)
    return result
  })
  afterCommit()
  return output
}

async function prepareWrite(
  { database, clock }: Core,
  meta: MutationMeta,
  handler: PreparedMutation<unknown, unknown>,
  visitor: Visitor,
  input: unknown,
) {
  const db = database.reader
  return handler.prepare({ db, actor: await admit(db, meta, visitor, clock), visitor, clock }, input)
}

/** A session's activity is noted once a minute at most: more often would be a write for nothing. */
function isDueForTouch(actor: Actor, now: string): actor is Actor & { sessionId: Id } {
  return actor.lastActivity !== null && Date.parse(now) - Date.parse(actor.lastActivity) > 60_000
}

async function admit(db: Reader, meta: ProcedureMeta, visitor: Visitor, clock: Clock): Promise<Actor> {
  const actor = await authenticate(db, visitor.credentials.read(), clock.now())
  if (mayUse(actor.kind, meta.capability)) return actor
  if (actor.kind === 'nobody') throw new Refusal('unauthenticated', 'door.signInFirst')
  throw new Refusal('forbidden', 'door.forbidden')
}
