import { createHash } from 'node:crypto'
import { inOneWrite, type Replica } from '../replica.ts'
import { isStillNamed } from './notes.ts'

/** The bytes that a content consists of, by their name: its list, where it has one, and its pieces. */
export function blobHere(replica: Replica, path: string, digest: string): Buffer | undefined {
  if (path === `pieces:${digest}`) {
    const pieces = piecesNamed(replica, digest)
    return pieces.length > 0 ? Buffer.from(pieces.join('\n')) : undefined
  }
  return replica.prepared<Buffer>('SELECT bytes FROM document_contents WHERE sha256 = ?').pluck().get(digest)
}

/** In order; empty while the list has not come. */
export function piecesNamed({ prepared }: Replica, list: string): string[] {
  return prepared<string>('SELECT sha256 FROM document_pieces WHERE content = ? ORDER BY position').pluck().all(list)
}

/** How much of it has come already. */
export function arrivedBytes({ prepared }: Replica, path: string, digest: string): number {
  const found = prepared<number>(
    'SELECT coalesce(sum(length(bytes)), 0) FROM sync_content_parts WHERE path = ? AND sha256 = ?',
  )
  return found.pluck().get(path, digest) ?? 0
}

/** On the disk when it returns, so that it does not come twice. */
export function keepPart(replica: Replica, path: string, digest: string, part: { from: number; bytes: Buffer }) {
  inOneWrite(replica, () => {
    if (!isStillNamed(replica, path)) return
    replica
      .prepared('INSERT INTO sync_content_parts (path, sha256, first_byte, bytes) VALUES (?, ?, ?, ?)')
      .run(path, digest, part.from, part.bytes)
  })
}

export function forgetParts(replica: Replica, path: string, digest: string) {
  inOneWrite(replica, () => dropParts(replica, path, digest))
}

/**
 * The last bytes have come: what is whole, and is what its name says, takes its place, and its parts go, in one transaction.
 * `wrong`: it is something else, and none of it is kept. `gone`: no document names it any more.
 */
export function completeBlob(replica: Replica, path: string, digest: string, last: Buffer): 'ok' | 'wrong' | 'gone' {
  const parts = replica
    .prepared<Buffer>('SELECT bytes FROM sync_content_parts WHERE path = ? AND sha256 = ? ORDER BY first_byte')
    .pluck()
    .all(path, digest)
  const whole = Buffer.concat([...parts, last])
  const isRight = createHash('sha256').update(whole).digest('hex') === digest
  const isList = path === `pieces:${digest}`
  const pieces = isList ? listIn(whole) : []
  return inOneWrite(replica, () => {
    dropParts(replica, path, digest)
    if (!isRight || !pieces) return 'wrong'
    if (!isStillNamed(replica, path)) return 'gone'
    if (isList) keepList(replica, digest, pieces)
    else {
      replica
        .prepared('INSERT INTO document_contents (sha256, bytes) VALUES (?, ?) ON CONFLICT DO NOTHING')
        .run(digest, whole)
    }
    return 'ok'
  })
}

function keepList({ prepared }: Replica, list: string, pieces: readonly string[]) {
  const put = prepared(
    'INSERT INTO document_pieces (content, position, sha256) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  )
  for (const [position, sha256] of pieces.entries()) put.run(list, position, sha256)
}

/** Undefined where the bytes are no list. */
function listIn(whole: Buffer): string[] | undefined {
  const lines = whole.toString('latin1').split('\n')
  return lines.length > 1 && lines.every((line) => /^[0-9a-f]{64}$/.test(line)) ? lines : undefined
}

function dropParts({ prepared }: Replica, path: string, digest: string) {
  prepared('DELETE FROM sync_content_parts WHERE path = ? AND sha256 = ?').run(path, digest)
}
