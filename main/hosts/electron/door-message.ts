import { StandardRPCJsonSerializer, StandardRPCSerializer } from '@orpc/client/standard'
import * as z from 'zod'
import { Refusal } from '../../../shared/refusal.ts'
import { inputLimit } from '../../door.ts'
import { wireRefusal } from '../../known-refusal.ts'

/** Bytes around an input: the id of the call, its path and headers. */
const envelopeBytes = 1024
const unknownProcedureBytes = 1024

/** The start of a call as the client writes it: who asks, and for what. Enough to refuse the rest without reading it. */
const callStart = /^\{"i":"([\w-]{1,64})","p":\{"u":"\/([\w/]{1,200})"/

const Id = z.string().min(1).max(64)
const Headers = z.record(z.string(), z.string())
const Call = z.strictObject({
  i: Id,
  p: z.strictObject({ u: z.string().regex(/^\/[\w/]+$/), b: z.unknown().optional(), h: Headers.optional() }),
})
const Abort = z.strictObject({ i: Id, t: z.literal(4), p: z.unknown().optional() })
const Message = z.union([Call, Abort])

/** Bytes that a procedure takes; undefined when there is none by that name. */
export type InputLimit = (path: readonly string[]) => number | undefined

/** `call`: for the door; `refusal`: an answer to send back; `foreign`: not something our own page would send. */
export type Judged = { call: z.infer<typeof Message> } | { refusal: string } | 'foreign'

/** Sizes are judged before anything is parsed, and what passes is parsed once, here. */
export function judge(message: unknown, limitOf: InputLimit = inputLimit): Judged {
  if (typeof message !== 'string') return 'foreign'
  const [, id, path] = callStart.exec(message.slice(0, 512)) ?? []
  const limit = path === undefined ? undefined : limitOf(path.split('/'))
  const isTooLarge = Buffer.byteLength(message) > (limit ?? unknownProcedureBytes) + envelopeBytes
  if (isTooLarge) return id === undefined ? 'foreign' : refusal(id, new Refusal('tooLarge', 'door.tooLarge'))

  try {
    const call = Message.parse(JSON.parse(message))
    if (id !== undefined && limit === undefined) return refusal(id, new Refusal('notFound', 'door.unknownProcedure'))
    return { call }
  } catch {
    return 'foreign'
  }
}

function refusal(id: string, reason: Refusal): Judged {
  const error = wireRefusal(reason)
  const body = new StandardRPCSerializer(new StandardRPCJsonSerializer()).serialize(error.toJSON())
  return { refusal: JSON.stringify({ i: id, p: { s: error.status, b: body } }) }
}
