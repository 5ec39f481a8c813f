import type { ExportFormat, ExportLoss } from '../../../shared/contract/exports.ts'
import type { SheetLanguage } from '../../../shared/contract/imports.ts'
import type { Question } from '../../../shared/contract/questions.ts'
import { sheetWords } from '../imports/sheet-words.ts'
import { writeAiken } from './aiken.ts'
import { writeGift } from './gift.ts'
import type { PictureBytes } from './moodle-texts.ts'
import { writeMoodleXml } from './moodle-xml.ts'
import { writeQti } from './qti.ts'
import { questionCsv, questionXlsx } from './question-sheet.ts'
import { sheetRows } from './sheet.ts'

interface Written {
  bytes: Uint8Array
  losses: ExportLoss[]
}

/** Questions with their keys in one of the formats, and what of them is not in it. */
export async function writeQuestions(
  questions: Question[],
  format: ExportFormat,
  language: SheetLanguage,
  bytesOf: PictureBytes,
): Promise<Written> {
  switch (format) {
    case 'qti3':
      return writeQti(questions, bytesOf)
    case 'moodle_xml':
      return asBytes(writeMoodleXml(questions, bytesOf))
    case 'gift':
      return asBytes(writeGift(questions))
    case 'aiken': {
      const { true: yes, false: no } = sheetWords[language]
      return asBytes(writeAiken(questions, { true: yes[0], false: no[0] }))
    }
    case 'csv': {
      const { rows, losses } = sheetRows(questions, language)
      return asBytes({ text: questionCsv(rows, language), losses })
    }
    case 'xlsx': {
      const { rows, losses } = sheetRows(questions, language)
      return { bytes: await questionXlsx(rows, language), losses }
    }
  }
}

function asBytes({ text, losses }: { text: string; losses: ExportLoss[] }): Written {
  return { bytes: Buffer.from(text), losses }
}
