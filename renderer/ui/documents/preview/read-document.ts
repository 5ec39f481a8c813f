import type { Id } from '../../../../shared/contract/base.ts'
import { bytesOf } from '../../../lib/base64.ts'
import { client } from '../../../lib/client.ts'

export interface DocumentContent {
  id: Id
  versionId?: Id | undefined
}

interface Reading {
  signal?: AbortSignal | undefined
  /** 0 to 1. */
  onProgress?: (share: number) => void
}

/** The bytes of a document, piece by piece. */
export async function* readDocument(content: DocumentContent, { signal, onProgress }: Reading = {}) {
  for (let position = 0; ; position++) {
    const { base64, pieces } = await client.documents.piece({ ...content, position }, signal && { signal })
    yield bytesOf(base64)
    onProgress?.((position + 1) / pieces)
    if (position + 1 >= pieces) return
  }
}

/** The whole content; for what is small enough to be shown. */
export async function blobOf(content: DocumentContent, type: string, reading: Reading = {}): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  for await (const part of readDocument(content, reading)) parts.push(part)
  return new Blob(parts, { type })
}
