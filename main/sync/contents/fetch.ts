import { arrivedBytes, blobHere, completeBlob, forgetParts, keepPart, piecesNamed } from './blobs.ts'
import { persistently } from './line.ts'
import { isContentHere, type Problem } from './notes.ts'
import type { Carrier } from './send.ts'

type Fetched = 'ok' | 'gone' | Problem

/** Gets what is not here yet of a content, its list before its pieces, each from the byte where it was cut. */
export async function fetchContent(carrier: Carrier, path: string): Promise<Fetched> {
  const { replica } = carrier
  const [kind, name = ''] = path.split(':')
  if (kind === 'pieces' && piecesNamed(replica, name).length === 0) {
    const fetched = await fetchBlob(carrier, path, name)
    if (fetched !== 'ok') return fetched
  }
  const pieces = kind === 'pieces' ? piecesNamed(replica, name) : [name]
  for (const digest of new Set(pieces)) {
    if (isPieceHere(carrier, digest)) continue
    const fetched = await fetchBlob(carrier, path, digest)
    if (fetched !== 'ok') return fetched
  }
  return isContentHere(replica, path) ? 'ok' : 'gone'
}

function isPieceHere({ replica }: Carrier, digest: string): boolean {
  return replica.prepared('SELECT 1 FROM document_contents WHERE sha256 = ?').get(digest) !== undefined
}

async function fetchBlob({ replica, way, line, at }: Carrier, path: string, digest: string): Promise<Fetched> {
  if (blobHere(replica, path, digest)) return 'ok'
  for (let from = arrivedBytes(replica, path, digest); ; ) {
    const start = from
    at('before get')
    const { status, size, base64 } = await persistently(line, (bytes) => way.get({ path, digest, from: start, bytes }))
    at('after get')
    if (status !== 'ok') return status
    const bytes = Buffer.from(base64, 'base64')
    // Parts of something that was longer than what the centre has now.
    if (bytes.length === 0 || from + bytes.length > size) {
      forgetParts(replica, path, digest)
      return 'wrong'
    }
    from += bytes.length
    if (from === size) return completeBlob(replica, path, digest, bytes)
    keepPart(replica, path, digest, { from: start, bytes })
    at('part kept')
  }
}
