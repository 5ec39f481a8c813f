import type { Replica } from '../replica.ts'
import { blobHere } from './blobs.ts'
import { type ContentLine, persistently } from './line.ts'
import type { Problem } from './notes.ts'
import type { ContentWay, HaveReply, PutReply } from './wire.ts'

export interface Carrier {
  replica: Replica
  way: ContentWay
  line: ContentLine
  /** Hears of every moment at which the process may die without harm. */
  at: (point: string) => void
}

/** `lost`: its bytes are not all here. */
type Sent = 'ok' | 'lost' | Problem

/** Sends what the centre lacks of a content, its list before its pieces, until it lacks nothing. */
export async function sendContent(carrier: Carrier, path: string, known: HaveReply['contents'][number]): Promise<Sent> {
  const { way, line } = carrier
  for (let { state, lacks } = known; ; ) {
    if (state === 'missing') return 'missing'
    if (state === 'whole') return 'ok'
    for (const digest of lacks) {
      const sent = await sendBlob(carrier, path, digest)
      if (sent !== 'ok') return sent
    }
    const [next] = (await persistently(line, () => way.have({ paths: [path] }))).contents
    // What was sent and is still lacking would be sent for ever.
    if (!next || next.lacks[0] === lacks[0]) return 'line'
    ;({ state, lacks } = next)
  }
}

const problemOf: Record<Exclude<PutReply['status'], 'ok'>, Problem> = {
  missing: 'missing',
  wrong: 'damaged',
  tooLarge: 'tooLarge',
  noRoom: 'noRoom',
}

async function sendBlob({ replica, way, line, at }: Carrier, path: string, digest: string): Promise<Sent> {
  const bytes = blobHere(replica, path, digest)
  if (!bytes) return 'lost'
  for (let from = 0, turns = 0; ; turns += 1) {
    const start = from
    at('before put')
    const { status, has, isWhole } = await persistently(line, (chunk) => {
      const base64 = bytes.subarray(start, start + chunk).toString('base64')
      return way.put({ path, digest, size: bytes.length, from: start, base64 })
    })
    at('after put')
    if (status !== 'ok') return problemOf[status]
    if (isWhole) return 'ok'
    // Behind the first answer, which says where an earlier try was cut, every one brings more.
    if (turns > 0 && has <= from) return 'line'
    from = has
  }
}
