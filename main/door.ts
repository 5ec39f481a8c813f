import { randomUUID } from 'node:crypto'
import {
  type AnyContractProcedure,
  type AnyContractRouter,
  type ContractProcedure,
  type InferSchemaInput,
  type InferSchemaOutput,
  isContractProcedure,
} from '@orpc/contract'
import { implement, ORPCError, type Router } from '@orpc/server'
import type { Id, MutationMeta, ProcedureMeta, QueryMeta } from '../shared/contract/base.ts'
import { contract } from '../shared/contract/index.ts'
import { mayUse } from '../shared/permissions.ts'
import { Refusal } from '../shared/refusal.ts'
import { type Actor, authenticate } from './actor.ts'
import type { Clock } from './clock.ts'
import type { DatabaseFile, Reader, Writer } from './database/database.ts'
import { logActivity } from './domains/activity/queries.ts'
import { recordError } from './domains/monitoring/record-error.ts'
import { touchSession } from './domains/identity/queries.ts'
import { knownRefusal } from './known-refusal.ts'

/** Where a host keeps the session token of one visitor: a cookie, or the memory of the shell. */
export interface Credentials {
  read(): string | undefined
  /** Undefined forgets the token; a lasting one survives closing the window. */
  write(token: string | undefined, options: { lasting: boolean }): void
}

/** What a host knows of the one who calls. */
export interface Visitor {
  credentials: Credentials
  ipAddress: string
  userAgent: string
}

export interface ReadContext {
  db: Reader
  actor: Actor
  visitor: Visitor
  clock: Clock
}

export interface WriteContext {
  db: Writer
  actor: Actor
  visitor: Visitor
  clock: Clock
  /** The time of this write: one for all rows it touches. */
  now: string
  /** Says which row the activity log should name, and what else is worth keeping. */
  about(resourceId: Id, details?: Record<string, string | number | boolean | null>): void
  /** Makes the activity log name somebody who had no session when the call came in. */
  actAs(actor: Pick<Actor, 'userId' | 'organizationId'>): void
  /** Takes effect after the commit. */
  setToken(token: string | undefined, options?: { lasting: boolean }): void
}

type Mutation<I, O> = (context: WriteContext, input: I) => Promise<O>
/** What must not happen inside a transaction, such as hashing, comes first and returns the write. */
export interface PreparedMutation<I, O> {
  prepare(context: ReadContext, input: I): Promise<(context: WriteContext) => Promise<O>>
}

/** One handler for each procedure of a contract, with the context its kind allows. */
export type Handlers<C> =
  C extends ContractProcedure<infer I, infer O, infer _E, infer M>
    ? M extends QueryMeta
      ? (context: ReadContext, input: InferSchemaOutput<I>) => Promise<InferSchemaInput<O>>
      : Mutation<InferSchemaOutput<I>, InferSchemaInput<O>> | PreparedMutation<InferSchemaOutput<I>, InferSchemaInput<O>>
    : { [K in keyof C]: Handlers<C[K]> }

type AnyQuery = (context: ReadContext, input: unknown) => Promise<unknown>
type AnyMutation = Mutation<unknown, unknown> | PreparedMutation<unknown, unknown>
type AnyHandler = AnyQuery | AnyMutation

export interface Core {
  database: DatabaseFile
  clock: Clock
}

/**
 * The one way in: parse, authenticate, authorise, open the transaction if the contract says mutation, handle, log, reply.
 * Handlers know nothing of all that.
 */
export function openDoor(core: Core, handlers: Handlers<typeof contract>): Router<typeof contract, Visitor> {
  const doorkeeper: Doorkeeper = {
    answer: (meta, handler, visitor, input) =>
      meta.kind === 'query'
        ? answerQuery(core, meta, handler as AnyQuery, visitor, input)
        : answerMutation(core, meta, handler as AnyMutation, visitor, input),
    refuse: (error, procedure) => refuse(core, error, procedure),
  }
  return implementTree(contract, handlers, doorkeeper) as Router<typeof contract, Visitor>
}

/** Largest encoded input of a procedure in bytes; undefined when the contract has no such procedure. */
export function inputLimit(path: readonly string[]): number | undefined {
  let node: unknown = contract
  for (const name of path) {
    if (typeof node !== 'object' || node === null || isContractProcedure(node) || !Object.hasOwn(node, name)) return
    node = (node as Record<string, unknown>)[name]
  }
  return isContractProcedure(node) ? metaOf(node).maxBytes : undefined
}

async function answerQuery({ database, clock }: Core, meta: QueryMeta, handler: AnyQuery, visitor: Visitor, input: unknown) {
  const db = database.reader
  return handler({ db, actor: await admit(db, meta, visitor, clock), visitor, clock }, input)
}

async function answerMutation(core: Core, meta: MutationMeta, handler: AnyMutation, visitor: Visitor, input: unknown) {
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

async function refuse(core: Core, error: unknown, procedure: readonly string[]): Promise<never> {
  const known = knownRefusal(error)
  if (known) throw known

  const requestId = randomUUID()
  await recordError(core, { error, requestId, procedure: procedure.join('.') })
  throw new ORPCError('INTERNAL_SERVER_ERROR', { data: { requestId } })
}

interface Doorkeeper {
  answer(meta: ProcedureMeta, handler: AnyHandler, visitor: Visitor, input: unknown): Promise<unknown>
  /** Turns whatever was thrown into what the caller may know of it. */
  refuse(error: unknown, procedure: readonly string[]): Promise<never>
}

function implementTree(node: AnyContractRouter, handlers: unknown, doorkeeper: Doorkeeper): unknown {
  if (isContractProcedure(node)) return implementProcedure(node, handlers as AnyHandler, doorkeeper)
  const branches = Object.entries(node as Record<string, AnyContractRouter>)
  return Object.fromEntries(
    branches.map(([name, child]) => [name, implementTree(child, (handlers as Record<string, unknown>)[name], doorkeeper)]),
  )
}

/** Input and output are validated within reach of `refuse`. */
const validateInside = {
  initialInputValidationIndex: Number.POSITIVE_INFINITY,
  initialOutputValidationIndex: Number.POSITIVE_INFINITY,
}

function implementProcedure(procedure: AnyContractProcedure, handler: AnyHandler, doorkeeper: Doorkeeper) {
  return implement(procedure, validateInside)
    .$context<Visitor>()
    .use(({ next, path }) =>
      Promise.resolve(next()).catch((error: unknown) => doorkeeper.refuse(error, path)),
    )
    .handler(({ context, input }) => doorkeeper.answer(metaOf(procedure), handler, context, input))
}

function metaOf(procedure: AnyContractProcedure): ProcedureMeta {
  return procedure['~orpc'].meta as ProcedureMeta
}
