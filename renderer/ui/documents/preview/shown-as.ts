import type { DocumentRow } from '../../../../shared/contract/documents.ts'

export type ShownAs = 'image' | 'audio' | 'video' | 'text' | 'pdf'

const mostBytes = { image: 32, audio: 64, video: 64, text: 1, pdf: 64 } as const

/**
 * How a document is shown; null: it is only saved. The type comes from the first bytes, and nothing on this list can run a
 * script as it is shown: a PDF is drawn by a program of ours, because the browser's viewer would run what is in it.
 */
export function shownAs({ mimeType, size }: Pick<DocumentRow, 'mimeType' | 'size'>): ShownAs | null {
  const kind =
    mimeType === 'application/pdf'
      ? 'pdf'
      : (['image', 'audio', 'video', 'text'] as const).find((one) => mimeType.startsWith(`${one}/`))
  return kind && size <= mostBytes[kind] * 1024 ** 2 ? kind : null
}
