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
import type { ProcedureMeta, QueryMeta } from '../shared/contract/base.ts'
import { contract } from '../shared/contract/index.ts'
import { isProcedureName } from '../shared/permissions.ts'
import { type Actor, authenticate, nobody } from './actor.ts'
import { type AnyMutation, type AnyQuery, type Asked, answerMutation, answerQuery, type Core } from './answer.ts'
import type { Mutation, PreparedMutation, ReadContext, Visitor } from './context.ts'
import { recordError } from './domains/monitoring/record-error.ts'
import { knownRefusal } from './known-refusal.ts'
import { refuseNul } from './refuse-nul.ts'

/** One handler for each procedure of a contract, with the context its kind allows. */
export type Handlers<C> =
  C extends ContractProcedure<infer I, infer O, infer _E, infer M>
    ? M extends QueryMeta
      ? (context: ReadContext, input: InferSchemaOutput<I>) => Promise<InferSchemaInput<O>>
      :
          | Mutation<InferSchemaOutput<I>, InferSchemaInput<O>>
          | PreparedMutation<InferSchemaOutput<I>, InferSchemaInput<O>>
    : { [K in keyof C]: Handlers<C[K]> }

type AnyHandler = AnyQuery | AnyMutation

/**
 * The one way in: parse, authenticate, authorise, open the transaction if the contract says mutation, handle, log, reply.
 * Handlers know nothing of all that.
 */
export function openDoor(core: Core, handlers: Handlers<typeof contract>): Router<typeof contract, Visitor> {
  const doorkeeper: Doorkeeper = {
    answer: ({ name, meta }, handler, visitor, input) =>
      meta.kind === 'query'
        ? answerQuery(core, { name, meta }, handler as AnyQuery, visitor, input)
        : answerMutation(core, { name, meta }, handler as AnyMutation, visitor, input),
    refuse: (error, procedure, visitor) => refuse(core, error, procedure, visitor),
  }
  return implementTree(contract, handlers, doorkeeper, []) as Router<typeof contract, Visitor>
}

/** Largest encoded input of a procedure in bytes; undefined when the contract has no such procedure. */
export function inputLimit(path: readonly string[], within: AnyContractRouter = contract): number | undefined {
  let node: unknown = within
  for (const name of path) {
    if (typeof node !== 'object' || node === null || isContractProcedure(node) || !Object.hasOwn(node, name)) return
    node = (node as Record<string, unknown>)[name]
  }
  return isContractProcedure(node) ? metaOf(node).maxBytes : undefined
}

async function refuse(core: Core, error: unknown, procedure: readonly string[], visitor: Visitor): Promise<never> {
  const known = knownRefusal(error)
  if (known) throw known

  const requestId = randomUUID()
  const { organizationId, userId } = await whoCalled(core, visitor)
  await recordError(core, { error, requestId, place: procedure.join('.'), organizationId, userId })
  throw new ORPCError('INTERNAL_SERVER_ERROR', { data: { requestId } })
}

/** When not even this can be read, the error is nobody's. */
async function whoCalled({ database, clock }: Core, visitor: Visitor): Promise<Actor> {
  try {
    return await authenticate(database.reader, visitor.credentials.read(), clock.now())
  } catch {
    return nobody
  }
}

interface Doorkeeper {
  answer(asked: Asked<ProcedureMeta>, handler: AnyHandler, visitor: Visitor, input: unknown): Promise<unknown>
  /** Turns whatever was thrown into what the caller may know of it. */
  refuse(error: unknown, procedure: readonly string[], visitor: Visitor): Promise<never>
}

function implementTree(
  node: AnyContractRouter,
  handlers: unknown,
  doorkeeper: Doorkeeper,
  path: readonly string[],
): unknown {
  if (isContractProcedure(node)) {
    return implementProcedure(node, handlers as AnyHandler, doorkeeper, path.join('.'))
  }
  const branches = Object.entries(node as Record<string, AnyContractRouter>)
  return Object.fromEntries(
    branches.map(([name, child]) => [
      name,
      implementTree(child, (handlers as Record<string, unknown>)[name], doorkeeper, [...path, name]),
    ]),
  )
}

/** Input and output are validated within reach of `refuse`. */
const validateInside = {
  initialInputValidationIndex: Number.POSITIVE_INFINITY,
  initialOutputValidationIndex: Number.POSITIVE_INFINITY,
}

function implementProcedure(
  procedure: AnyContractProcedure,
  handler: AnyHandler,
  doorkeeper: Doorkeeper,
  name: string,
) {
  if (!isProcedureName(name)) throw new Error(`Nobody may call ${name}: it has no row in the table of permissions.`)
  const asked = { name, meta: metaOf(procedure) }
  return implement(procedure, validateInside)
    .$context<Visitor>()
    .use(async ({ next, path, context }, input) => {
      try {
        refuseNul(input)
        return await next()
      } catch (error) {
        return doorkeeper.refuse(error, path, context)
      }
    })
    .handler(({ context, input }) => doorkeeper.answer(asked, handler, context, input))
}

function metaOf(procedure: AnyContractProcedure): ProcedureMeta {
  return procedure['~orpc'].meta as ProcedureMeta
}
