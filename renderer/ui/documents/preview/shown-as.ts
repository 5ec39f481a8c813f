import type { DocumentRow } from '../../../../shared/contract/documents.ts'

export type ShownAs = 'image' | 'audio' | 'video' | 'text'

const mostBytes = { image: 32, audio: 64, video: 64, text: 1 } as const

/**
 * How a document is shown; null: it is only saved. The type comes from the first bytes, and nothing on this list can run a
 * script. A PDF can, and the browser's viewer refuses to work in a frame that forbids it.
 */
export function shownAs({ mimeType, size }: Pick<DocumentRow, 'mimeType' | 'size'>): ShownAs | null {
  const kind = (['image', 'audio', 'video', 'text'] as const).find((one) => mimeType.startsWith(`${one}/`))
  return kind && size <= mostBytes[kind] * 1024 ** 2 ? kind : null
}
