import type { FileFormat } from '../../../shared/contract/imports.ts'
import { isCsv } from './csv.ts'
import { isXlsx } from './xlsx.ts'

/** In characters: where a file does not show its format in the beginning, the rest says no more. */
const beginningLength = 64 * 1024

/** Told from the content; the name of the file counts where the content says too little. */
export function formatOf(bytes: Uint8Array, text: string, fileName = ''): FileFormat {
  const ending = formatOfEnding(fileName)
  // Damaged, it shows nothing of what it was.
  const isCalledXlsx = ending === 'xlsx'
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return isCalledXlsx || isXlsx(bytes) ? 'xlsx' : 'qti'
  const beginning = text.slice(0, beginningLength)
  if (isMarkedUp(beginning)) return /<quiz[\s>/]/.test(beginning) ? 'moodle_xml' : 'qti'
  if (isCsv(beginning)) return 'csv'
  if (isCalledXlsx) return 'xlsx'
  if (isAiken(beginning)) return 'aiken'
  return isGift(beginning) ? 'gift' : (ending ?? 'gift')
}

/** Moodle's XML and an item of QTI begin as all XML does; a question in GIFT may begin with a paragraph. */
function isMarkedUp(text: string): boolean {
  return /^\uFEFF?\s*<(?:\?xml|!--|!DOCTYPE|quiz|assessmentItem|qti-|[\w-]+:)/i.test(text)
}

/** An option with a letter, and the letter of the answer. */
function isAiken(text: string): boolean {
  return /^[ \t]*[A-Z][.)]/im.test(text) && /^[ \t]*ANSWER[ \t]*[:：][ \t]*[A-Z]\b/im.test(text)
}

function isGift(text: string): boolean {
  return /(?<!\\)\{[^{}]{0,10000}\}/.test(text)
}

const endings: Record<string, FileFormat> = {
  csv: 'csv',
  tsv: 'csv',
  xlsx: 'xlsx',
  // Of old Excel: its sentence says what to do.
  xls: 'xlsx',
  xml: 'moodle_xml',
  zip: 'qti',
  aiken: 'aiken',
  gift: 'gift',
}

function formatOfEnding(fileName: string): FileFormat | undefined {
  const ending = /\.([a-z]{3,5})$/i.exec(fileName)?.[1]?.toLowerCase()
  return ending === undefined ? undefined : endings[ending]
}
