import type { FileFormat, LegacyEncoding, QuestionFile } from '../../../shared/contract/imports.ts'
import { readAiken } from './aiken.ts'
import { readCsv } from './csv.ts'
import { decodeText } from './decode-text.ts'
import { skipped } from './finding.ts'
import { readGift } from './gift.ts'
import { readMoodleXml } from './moodle-xml.ts'
import type { Pictures } from './pictures.ts'
import { readQti } from './qti.ts'
import { formatOf } from './recognise.ts'
import { readXlsx } from './xlsx.ts'

interface Hints {
  fileName?: string | undefined
  format?: FileFormat | undefined
  encoding?: LegacyEncoding | undefined
}

export interface ReadQuestions extends QuestionFile {
  format: FileFormat
  guessedEncoding: LegacyEncoding | null
  pictures: Pictures
}

/** Reads questions in whichever format they are. Whatever cannot be read is a problem in the result; nothing is thrown. */
export async function readQuestions(bytes: Uint8Array, hints: Hints): Promise<ReadQuestions> {
  const { text, guessed } = decodeText(bytes, hints.encoding)
  const format = hints.format ?? formatOf(bytes, text, hints.fileName)
  const isEmpty = text.trim() === ''
  const file = isEmpty ? nothing() : await readAs(format, bytes, text)
  if (file.questions.length === 0 && file.problems.length === 0) {
    file.problems.push({ line: 1, ...skipped(isEmpty ? 'emptyFile' : 'noAnswer', ''), excerpt: '' })
  }
  const isText = format === 'gift' || format === 'aiken' || format === 'csv'
  return { pictures: new Map(), ...file, format, guessedEncoding: isText ? guessed : null }
}

type Read = QuestionFile & { pictures?: Pictures }

const nothing = (): Read => ({ questions: [], problems: [] })

async function readAs(format: FileFormat, bytes: Uint8Array, text: string): Promise<Read> {
  switch (format) {
    case 'gift':
      return readGift(text)
    case 'aiken':
      return readAiken(text)
    case 'csv':
      return readCsv(text)
    case 'xlsx':
      return readXlsx(bytes)
    case 'moodle_xml':
      return readMoodleXml(bytes)
    case 'qti':
      return readQti(bytes)
  }
}
