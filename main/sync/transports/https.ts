import { type KeyObject, randomBytes } from 'node:crypto'
import type { Agent } from 'node:https'
import { isDeepStrictEqual, promisify } from 'node:util'
import { constants, gunzip, gzip } from 'node:zlib'
import type * as z from 'zod'
import { GetReply, HaveReply, PutReply } from '../contents/wire.ts'
import { HelloReply, PullReply, type PullRequest, PushReply, type Transport, Unreachable } from '../wire.ts'
import { verifiedAgent } from './authority.ts'
import { type Answered, exchange } from './exchange.ts'
import { GatewayProblem, InParts, Received } from './gateway-answer.ts'
import { oneAhead, onTheLine } from './one-ahead.ts'
import { largestPart, largestUnpacked, largestWhole, ordinaryPart, paths, smallestPart } from './parts.ts'
import { headersOf, sha256, signatureOf } from './signed-request.ts'

export interface HttpsWay {
  /** `https://centre.example:4190` */
  origin: string
  /** PEM; null: a certificate that this computer verifies by itself. */
  authority: string | null
  /** Read for each request: a database that begins a new life goes on as another site. */
  site: () => number
  privateKey: KeyObject
  /** Milliseconds since 1970 by the clock of this computer. */
  now: () => number
  /** Resolves after so many milliseconds. */
  wait: (ms: number) => Promise<void>
}

/** Tries of one part that bring nothing, before the round is left for later. */
const triesWithoutProgress = 4

const pack = promisify(gzip)
const unpack = promisify(gunzip)

/** The way to the centre through its gateway. Every request is signed; what is large goes in parts and on after a cut. */
export function httpsTransport(way: HttpsWay): Transport {
  const line: Line = {
    way,
    agent: verifiedAgent(way.authority),
    ahead: 0,
    part: ordinaryPart,
    next: undefined,
  }
  const pushes = oneAhead((envelope, onSent) => call(line, paths.push, envelope, PushReply, onSent))
  return {
    hello(request) {
      line.next = undefined
      pushes.forget()
      return call(line, paths.hello, request, HelloReply)
    },
    push: pushes.push,
    pull: (request) => pull(line, request),
    contents: {
      have: (request) => callAtOnce(line, paths.have, request, HaveReply),
      put: (request) => callAtOnce(line, paths.put, request, PutReply),
      get: (request) => callAtOnce(line, paths.get, request, GetReply),
    },
    async close() {
      line.agent.destroy()
    },
  }
}

/** What is learnt of the way while it is used. */
interface Line {
  way: HttpsWay
  agent: Agent
  /** How far the centre's clock is ahead of this computer's, in milliseconds. */
  ahead: number
  /** Bytes of a part: halved by every cut, doubled by every part that arrives. */
  part: number
  /** The page after the last one, on its way while that one is being written down. */
  next: { request: PullRequest; reply: Promise<PullReply> } | undefined
}

async function pull(line: Line, request: PullRequest): Promise<PullReply> {
  const { next } = line
  line.next = undefined
  const isNext = next && isDeepStrictEqual(next.request, request)
  const page = await (isNext ? next.reply : call(line, paths.pull, request, PullReply))
  if (page.hasMore) {
    const following = { ...request, cursor: page.cursor, upto: page.upto }
    const sent = Promise.withResolvers<void>()
    const reply = call(line, paths.pull, following, PullReply, sent.resolve)
    // Whoever asks for it hears how it ended; the round may as well end before.
    reply.then(
      () => sent.resolve(),
      () => sent.resolve(),
    )
    line.next = { request: following, reply }
    await onTheLine(sent.promise)
  }
  return page
}

/** One question of any size. @param onSent hears when nothing but the answer is awaited. */
async function call<T>(line: Line, path: string, input: unknown, shape: z.ZodType<T>, onSent = () => {}): Promise<T> {
  const whole = await packed(input)
  const isSmall = whole.length <= smallestPart
  const answer = isSmall ? await ask(line, path, whole, onSent) : await askInParts(line, path, whole, onSent)
  const body = answer.status === 202 ? await fetchRest(line, answer) : answer.body
  const read = shape.safeParse(await parsed(body, answer.isPacked || answer.status === 202))
  if (!read.success) throw new Unreachable('The answer is not one that this program knows.', { cause: read.error })
  return read.data
}

async function packed(input: unknown): Promise<Buffer> {
  const whole = await pack(JSON.stringify(input), { level: constants.Z_DEFAULT_COMPRESSION })
  if (whole.length > largestWhole) throw new Unreachable('What is to be sent is larger than the centre takes.')
  return whole
}

/** What is small by itself: whoever calls goes on where a cut has left it. */
async function callAtOnce<T>(line: Line, path: string, input: unknown, shape: z.ZodType<T>): Promise<T> {
  const { body, isPacked } = await ask(line, path, await pack(JSON.stringify(input)))
  const read = shape.safeParse(await parsed(body, isPacked))
  if (!read.success) throw new Unreachable('The answer is not one that this program knows.', { cause: read.error })
  return read.data
}

/** The gateway forgets what it was sent when it starts anew: then all of it is sent once more. */
async function askInParts(line: Line, path: string, whole: Buffer, onSent: () => void): Promise<Answered> {
  const digest = sha256(whole)
  for (let tries = 0; tries < 2; tries += 1) {
    await sendParts(line, whole, digest)
    try {
      return await ask(line, `${path}?whole=${digest}`, Buffer.alloc(0), onSent)
    } catch (error) {
      if (!(error instanceof Unreachable) || error.cause !== 'gone') throw error
    }
  }
  throw new Unreachable('The centre does not keep what it is sent.')
}

async function sendParts(line: Line, whole: Buffer, digest: string) {
  let has = await received(line, whole, digest, 0, 0)
  while (has < whole.length) {
    const before = has
    has = await persistently(line, () => received(line, whole, digest, before, line.part))
  }
}

async function received(line: Line, whole: Buffer, digest: string, from: number, bytes: number): Promise<number> {
  const part = whole.subarray(from, from + bytes)
  const { body } = await ask(line, `${paths.part}?whole=${digest}&size=${whole.length}&from=${from}`, part)
  const { has } = Received.parse(JSON.parse(body.toString()))
  return Math.min(has, whole.length)
}

async function fetchRest(line: Line, answer: Answered): Promise<Buffer> {
  const { whole, size } = InParts.parse(await parsed(answer.body, answer.isPacked))
  if (size > largestWhole) throw new Unreachable('The answer is larger than any the centre gives.')
  const parts: Buffer[] = []
  let has = 0
  while (has < size) {
    const from = has
    const part = await persistently(line, async () => {
      const { body } = await ask(line, `${paths.rest}?whole=${whole}&from=${from}&bytes=${line.part}`, Buffer.alloc(0))
      return body
    })
    if (part.length === 0) throw new Unreachable('The answer ends too early.')
    parts.push(part)
    has += part.length
  }
  const all = Buffer.concat(parts)
  if (sha256(all) !== whole) throw new Unreachable('The answer was changed on its way.')
  return all
}

/** A line that is cut again and again still carries one small part at a time. */
async function persistently<T>(line: Line, once: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      const result = await once()
      line.part = Math.min(largestPart, line.part * 2)
      return result
    } catch (error) {
      const isCut = error instanceof Unreachable && typeof error.cause !== 'string'
      if (!isCut || tries >= triesWithoutProgress) throw error
      line.part = Math.max(smallestPart, Math.floor(line.part / 2))
      await line.way.wait(250 * 2 ** tries)
    }
  }
}

/** Asks once more with the centre's time when this computer's clock is wrong. */
async function ask(line: Line, path: string, body: Buffer, onSent = () => {}): Promise<Answered> {
  const asked = askOnce(line, path, body)
  onSent()
  const answer = await asked
  const problem = problemOf(answer)
  if (!problem) return answer
  if (problem.problem !== 'clock') throw refusedBy(problem)
  line.ahead = problem.now - line.way.now()
  const again = await askOnce(line, path, body)
  const second = problemOf(again)
  if (second) throw refusedBy(second)
  return again
}

function askOnce({ way, agent, ahead }: Line, path: string, body: Buffer): Promise<Answered> {
  const by = { site: way.site(), time: way.now() + ahead, nonce: randomBytes(16).toString('base64url') }
  const headers = headersOf(signatureOf({ path, body }, by, way.privateKey))
  return exchange(way.origin, agent, { path, headers, body }, largestWhole)
}

function problemOf({ status, body }: Answered): GatewayProblem | undefined {
  if (status < 400) return undefined
  try {
    return GatewayProblem.parse(JSON.parse(body.toString()))
  } catch (cause) {
    throw new Unreachable(`Something on the way answered instead of the centre (${status}).`, { cause })
  }
}

function refusedBy({ problem }: GatewayProblem): Unreachable {
  return new Unreachable(`The centre did not take the request: ${problem}.`, { cause: problem })
}

async function parsed(body: Buffer, isPacked: boolean): Promise<unknown> {
  try {
    const text = isPacked ? await unpack(body, { maxOutputLength: largestUnpacked }) : body
    return JSON.parse(text.toString())
  } catch (cause) {
    throw new Unreachable('The answer cannot be read.', { cause })
  }
}
