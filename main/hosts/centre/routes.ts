import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import type { Centre } from '../../centre/centre.ts'
import type { Clock } from '../../clock.ts'
import { type ContentWay, GetRequest, HaveRequest, PutRequest } from '../../sync/contents/wire.ts'
import { EnrolRequest } from '../../sync/transports/gateway-answer.ts'
import { largestPart, largestUnpacked, largestWhole, paths } from '../../sync/transports/parts.ts'
import { isEnvelopeSignedBy, publicKeyOf } from '../../sync/transports/signed-request.ts'
import { Envelope, EnvelopeHead, HelloRequest, PullRequest } from '../../sync/wire.ts'
import { type Admitted, admission } from './admit.ts'
import { Problem } from './problem.ts'
import { keptWholes } from './wholes.ts'

const pack = promisify(gzip)
const unpack = promisify(gunzip)

/** An answer up to this many bytes needs no compression, and one beyond `wholeAnswer` goes in parts. */
const plainAnswer = 1_000
const wholeAnswer = 128 * 1024

const Digest = z.string().regex(/^[0-9a-f]{64}$/)
const WholeQuery = z.object({ whole: Digest.optional() })
const PartQuery = z.object({
  whole: Digest,
  size: z.coerce.number().pipe(z.int().positive().max(largestWhole)),
  from: z.coerce.number().pipe(z.int().nonnegative().max(largestWhole)),
})
const RestQuery = z.object({
  whole: Digest,
  from: z.coerce.number().pipe(z.int().nonnegative().max(largestWhole)),
  bytes: z.coerce.number().pipe(z.int().positive().max(largestPart)),
})

interface Routes {
  centre: Centre
  clock: Clock
  /** Throws when a site asks for too much. */
  limitSite: (site: number) => void
  /** The same for contents of documents, so that they take nothing from the rows. */
  limitContents: (site: number) => void
  /** Throws when somebody unknown tries too many codes. */
  limitEnrolment: (address: string) => void
}

/** The functions of the centre, each behind its own path. */
export function serveCentre(
  server: FastifyInstance,
  { centre, clock, limitSite, limitContents, limitEnrolment }: Routes,
) {
  const admit = admission(centre, clock)
  const monotonic = () => clock.monotonic()
  const [incoming, outgoing] = [keptWholes(monotonic), keptWholes(monotonic)]

  async function admitted(request: FastifyRequest, limit = limitSite): Promise<Admitted> {
    const site = await admit(request.headers, { path: request.url, body: bodyOf(request) })
    limit(site.number)
    return site
  }
  async function inputOf<T>(request: FastifyRequest, { number }: Admitted, shape: z.ZodType<T>): Promise<T> {
    const { whole } = read(WholeQuery, request.query)
    const packed = whole === undefined ? bodyOf(request) : incoming.take(number, whole)
    if (!packed) throw new Problem('gone')
    return read(shape, await unpacked(packed))
  }
  const answer = (reply: FastifyReply, site: number, output: unknown) => answerText(reply, site, JSON.stringify(output))
  async function answerText(reply: FastifyReply, site: number, output: string) {
    const text = Buffer.from(output)
    if (text.length <= plainAnswer) return reply.type('application/json').send(text)
    const packed = await pack(text)
    reply.type('application/octet-stream')
    if (packed.length <= wholeAnswer) return reply.header('bdc-packed', 'gzip').send(packed)
    return reply.status(202).send(JSON.stringify({ whole: outgoing.put(site, packed), size: packed.length }))
  }

  server.post(paths.hello, async (request, reply) => {
    const site = await admitted(request)
    const input = await inputOf(request, site, HelloRequest)
    if (input.site !== site.number) throw new Problem('signature')
    return answer(reply, site.number, await centre.as(site.number).hello(input))
  })
  server.post(paths.push, async (request, reply) => {
    const site = await admitted(request)
    const envelope = await inputOf(request, site, Envelope)
    refuseForeign(envelope, site)
    return answer(reply, site.number, await centre.as(site.number).push(envelope))
  })
  server.post(paths.pull, async (request, reply) => {
    const site = await admitted(request)
    if (site.isRevoked) throw new Problem('revoked')
    const page = await centre.as(site.number).pull(await inputOf(request, site, PullRequest))
    return answerText(reply, site.number, page)
  })
  server.post(paths.part, async (request, reply) => {
    const site = await admitted(request)
    const { whole: digest, size, from } = read(PartQuery, request.query)
    const has = incoming.add(site.number, { digest, size, from, part: bodyOf(request) })
    return reply.type('application/json').send({ has })
  })
  server.post(paths.rest, async (request, reply) => {
    const site = await admitted(request)
    const { whole, from, bytes } = read(RestQuery, request.query)
    const part = outgoing.read(site.number, whole, from, bytes)
    if (!part) throw new Problem('gone')
    return reply.type('application/octet-stream').send(part)
  })
  /** In one piece each way: the device asks for as much as its line carries. */
  function serveContents<T>(path: string, shape: z.ZodType<T>, work: (way: ContentWay, input: T) => Promise<unknown>) {
    server.post(path, async (request, reply) => {
      const site = await admitted(request, limitContents)
      if (site.isRevoked) throw new Problem('revoked')
      const way = centre.as(site.number).contents
      if (!way) throw new Problem('notFound')
      const packed = await pack(JSON.stringify(await work(way, read(shape, await unpacked(bodyOf(request))))))
      return reply.type('application/octet-stream').header('bdc-packed', 'gzip').send(packed)
    })
  }
  serveContents(paths.have, HaveRequest, (way, input) => way.have(input))
  serveContents(paths.put, PutRequest, (way, input) => way.put(input))
  serveContents(paths.get, GetRequest, (way, input) => way.get(input))
  server.post(paths.enrol, async (request, reply) => {
    limitEnrolment(request.socket.remoteAddress ?? '')
    const { code, device } = read(EnrolRequest, await unpacked(bodyOf(request)))
    const enrolment = await centre.enrol(code, device)
    if (!enrolment) throw new Problem('wrongCode')
    return reply.type('application/json').send(enrolment)
  })
}

/** A device sends what it has sealed itself, and nothing under another name. */
function refuseForeign(envelope: Envelope, { number, publicKey }: Admitted) {
  const head = read(EnvelopeHead, parsed(envelope.head))
  const isOwn = head.site === number && isEnvelopeSignedBy(publicKeyOf(publicKey), envelope)
  if (!isOwn) throw new Problem('signature')
}

function bodyOf({ body }: FastifyRequest): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0)
}

async function unpacked(packed: Buffer): Promise<unknown> {
  const text = await unpack(packed, { maxOutputLength: largestUnpacked }).catch((error: NodeJS.ErrnoException) => {
    throw new Problem(error.code === 'ERR_BUFFER_TOO_LARGE' ? 'tooLarge' : 'unreadable')
  })
  return parsed(text.toString())
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Problem('unreadable')
  }
}

function read<T>(shape: z.ZodType<T>, input: unknown): T {
  const found = shape.safeParse(input)
  if (!found.success) throw new Problem('unreadable')
  return found.data
}
