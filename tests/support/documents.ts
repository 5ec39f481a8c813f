import { type BeginUpload, pieceBytes } from '../../shared/contract/documents.ts'
import type { Client } from './app.ts'

/** Bytes that look the same in every run and nowhere else. */
export function noise(size: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(size)
  let state = seed
  for (let at = 0; at < size; at++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    bytes[at] = state >>> 24
  }
  return bytes
}

export function pieceOf(bytes: Buffer, position: number): string {
  return bytes.subarray(position * pieceBytes, (position + 1) * pieceBytes).toString('base64')
}

type Place = Partial<Omit<BeginUpload, 'size'>>

/** Brings a whole file in, as a screen does. */
export async function addDocument(staff: Client, bytes: Buffer, place: Place = {}) {
  const { uploadId, pieces } = await staff.documents.beginUpload({ filename: 'file.bin', ...place, size: bytes.length })
  for (let position = 0; position < pieces; position++) {
    await staff.documents.sendPiece({ uploadId, position, base64: pieceOf(bytes, position) })
  }
  return staff.documents.finishUpload({ uploadId })
}

/** The whole content again, as a screen saves it. */
export async function contentOf(somebody: Client, id: number, versionId?: number): Promise<Buffer> {
  const parts: Buffer[] = []
  for (let position = 0; ; position++) {
    const { base64, pieces } = await somebody.documents.piece({ id, versionId, position })
    parts.push(Buffer.from(base64, 'base64'))
    if (position + 1 === pieces) return Buffer.concat(parts)
  }
}
