import { safeFileName } from '../../shared/file-name.ts'

export interface NamedFile {
  fileName: string
  mimeType: string
  base64: string
}

/** Hands a file to the browser, which asks where to keep it or puts it with the downloads. */
export function saveFile({ fileName, mimeType, base64 }: NamedFile) {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
  const url = URL.createObjectURL(new Blob([bytes], { type: mimeType }))
  const link = document.createElement('a')
  link.href = url
  link.download = safeFileName(fileName)
  link.click()
  // The browser reads the address after this turn.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
