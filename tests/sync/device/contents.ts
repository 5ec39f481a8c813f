import { systemClock } from '../../../main/clock.ts'
import { pathOfPieces } from '../../../main/domains/documents/contents.ts'
import { type CarryOptions, carryContents } from '../../../main/sync/contents/carry.ts'
import { contentLine } from '../../../main/sync/contents/line.ts'
import type { ContentWay } from '../../../main/sync/contents/wire.ts'
import { pieceBytes } from '../../../shared/contract/documents.ts'
import type { Row } from '../../support/rows.ts'
import type { Device } from './device.ts'
import { sha256 } from './small-contents.ts'

export function carry({ replica }: Device, way: ContentWay, over: Partial<CarryOptions> = {}) {
  const line = contentLine({ wait: async () => {}, isOver: () => false })
  return carryContents({ replica, way, line, clock: systemClock, freeBytes: () => Number.MAX_SAFE_INTEGER, ...over })
}

/** A document with its content, as the program stores both. */
export async function addDocument({ replica, insert }: Device, bytes: Buffer, values: Row = {}) {
  const pieces: string[] = []
  for (let from = 0; from < bytes.length; from += pieceBytes) {
    const piece = bytes.subarray(from, from + pieceBytes)
    pieces.push(sha256(piece))
    replica
      .prepared('INSERT INTO document_contents (sha256, bytes) VALUES (?, ?) ON CONFLICT DO NOTHING')
      .run(sha256(piece), piece)
  }
  const path = pathOfPieces(pieces)
  if (pieces.length > 1) {
    const put = replica.prepared('INSERT INTO document_pieces (content, position, sha256) VALUES (?, ?, ?)')
    for (const [position, sha] of pieces.entries()) put.run(path.split(':')[1], position, sha)
  }
  const row = { filename: 'Attestation.pdf', file_path: path, file_size: bytes.length, ...values }
  return { id: await insert('documents', row), path }
}

/** The whole content, when all of it is here. */
export function contentAt({ replica }: Device, path: string): Buffer | undefined {
  const name = path.split(':')[1]
  const listed = replica.prepared<string>('SELECT sha256 FROM document_pieces WHERE content = ? ORDER BY position')
  const pieces = path.startsWith('content:') ? [name] : listed.pluck().all(name)
  const bytes = replica.prepared<Buffer>('SELECT bytes FROM document_contents WHERE sha256 = ?').pluck()
  const found = pieces.map((sha) => bytes.get(sha))
  return found.length > 0 && found.every((piece) => piece !== undefined) ? Buffer.concat(found) : undefined
}
