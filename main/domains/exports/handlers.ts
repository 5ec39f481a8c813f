import type { Id } from '../../../shared/contract/base.ts'
import type { BankSelection, ExportFormat } from '../../../shared/contract/exports.ts'
import type { SheetLanguage } from '../../../shared/contract/imports.ts'
import type { Question } from '../../../shared/contract/questions.ts'
import { fileNameOf } from '../../../shared/file-name.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { ReadContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import { type Scope, scopeOf } from '../../scope.ts'
import { assessmentById, questionsOf } from '../assessments/queries.ts'
import { listQuestions } from '../bank/list.ts'
import { questionRows } from '../bank/queries.ts'
import { pictureBytes } from '../documents/picture-bytes.ts'
import { fileTypes } from './file-types.ts'
import { picturesOf } from './moodle-xml.ts'
import { writeQuestions } from './write-questions.ts'

interface How {
  format: ExportFormat
  language: SheetLanguage
}

export async function assessment({ db, actor }: ReadContext, { assessmentId, ...how }: How & { assessmentId: Id }) {
  const scope = scopeOf(actor)
  const found = await assessmentById(db, scope, assessmentId)
  if (!found) throw new Refusal('notFound', 'assessment.notFound')
  const questions = (await questionsOf(db, assessmentId)).map(({ question }) => question)
  return fileOf(db, scope.organizationId, { questions, title: found.title, ...how })
}

const mostFromBank = 5_000

export async function bank(
  { db, actor }: ReadContext,
  { fileName, format, language, ...selection }: How & BankSelection & { fileName: string },
) {
  const scope = scopeOf(actor)
  const rows = await chosenFromBank(db, scope, selection)
  if (rows.length === 0) throw new Refusal('notFound', 'question.notFound')
  if (rows.length > mostFromBank) throw new Refusal('tooLarge', 'export.tooMany', { most: mostFromBank })
  const questions = rows.map(({ question }) => question)
  return fileOf(db, scope.organizationId, { questions, title: fileName, format, language })
}

/** The oldest first, as their author wrote them. */
async function chosenFromBank(db: Reader, scope: Scope, { questionIds, ...filter }: BankSelection) {
  if (!questionIds) {
    const { rows } = await listQuestions(db, scope, { ...filter, source: 'bank', limit: mostFromBank + 1 })
    return rows.toReversed()
  }
  const wanted = [...new Set(questionIds)].toSorted((one, other) => one - other)
  const rows = (await questionRows(db, scope, wanted)).filter(({ assessmentId }) => assessmentId === null)
  if (rows.length !== wanted.length) throw new Refusal('notFound', 'question.notFound')
  return rows
}

async function fileOf(
  db: Reader,
  organizationId: Id,
  { questions, title, format, language }: How & { questions: Question[]; title: string },
) {
  const pictures = await bytesOf(db, organizationId, questions)
  const { bytes, losses } = await writeQuestions(questions, format, language, (image) => pictures.get(image))
  const { extension, mimeType } = fileTypes[format]
  const base64 = Buffer.from(bytes).toString('base64')
  return { fileName: `${fileNameOf(title, 'questions')}.${extension}`, mimeType, base64, losses }
}

async function bytesOf(db: Reader, organizationId: Id, questions: Question[]) {
  const pictures = new Map<string, Uint8Array>()
  for (const image of new Set(questions.flatMap(picturesOf))) {
    const found = await pictureBytes(db, organizationId, image)
    if (found) pictures.set(image, found.bytes)
  }
  return pictures
}
