import { safeFileName } from '../../shared/file-name.ts'
import { bytesOf } from './base64.ts'

export interface NamedFile {
  fileName: string
  mimeType: string
  base64: string
}

/** Hands a file to the browser, which asks where to keep it or puts it with the downloads. */
export function saveFile({ fileName, mimeType, base64 }: NamedFile) {
  saveBlob(fileName, new Blob([bytesOf(base64)], { type: mimeType }))
}

export function saveBlob(fileName: string, blob: Blob) {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = safeFileName(fileName)
  link.click()
  // The browser reads the address after this turn.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
