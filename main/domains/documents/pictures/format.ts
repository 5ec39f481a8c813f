import type { PictureType } from '../../../../shared/contract/documents.ts'

/** What the bytes of a picture say about it; sides in pixels. */
export interface PictureFormat {
  mimeType: PictureType
  width: number
  height: number
}

/** Recognises one format by its bytes; undefined for bytes of another format and for a file that is cut off. */
export type FormatReader = (bytes: Buffer) => PictureFormat | undefined
