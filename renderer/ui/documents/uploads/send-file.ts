import type { Id } from '../../../../shared/contract/base.ts'
import { pieceBytes } from '../../../../shared/contract/documents.ts'
import { base64Of } from '../../../lib/base64.ts'
import { client } from '../../../lib/client.ts'

/** What a file is brought to: a person, a document that gets a new version, or the organization. */
export interface UploadPlace {
  beneficiaryId: Id | null
  documentId: Id | null
}

interface Sending {
  signal: AbortSignal
  /** How much of the file is stored, 0 to 1. */
  onProgress(share: number): void
  onBegun(uploadId: string): void
}

/**
 * Sends a file piece by piece; called again after whatever stopped it, it goes on. A piece that is stored already is sent
 * only if the file here has other bytes there by now.
 */
export async function sendFile(file: File, place: UploadPlace, { signal, onProgress, onBegun }: Sending): Promise<Id> {
  const description = { filename: file.name.slice(0, 255), size: file.size, modifiedMs: file.lastModified, ...place }
  const { uploadId, pieces, arrived } = await client.documents.beginUpload(description, { signal })
  onBegun(uploadId)
  const known = arrived === 0 ? [] : await client.documents.arrived({ uploadId }, { signal })
  const digests = new Map(known.map(({ position, sha256 }) => [position, sha256]))
  for (let position = 0; position < pieces; position++) {
    const piece = file.slice(position * pieceBytes, (position + 1) * pieceBytes)
    const stored = digests.get(position)
    if (stored === undefined || stored !== (await digestOf(piece))) {
      await client.documents.sendPiece({ uploadId, position, base64: await base64Of(piece) }, { signal })
    }
    onProgress((position + 1) / pieces)
  }
  const { id } = await client.documents.finishUpload({ uploadId }, { signal })
  return id
}

/** SHA-256, hex. */
async function digestOf(piece: Blob): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await piece.arrayBuffer())
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
