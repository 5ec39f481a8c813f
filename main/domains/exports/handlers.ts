import { setImmediate } from 'node:timers/promises'
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
import { questionIdsBefore } from '../bank/list.ts'
import { questionRows } from '../bank/queries.ts'
import { pictureBytes } from '../documents/picture-bytes.ts'
import { fileTypes } from './file-types.ts'
import { picturesOf } from './moodle-xml.ts'
import { writeElsewhere } from './write-elsewhere.ts'

interface How {
  format: ExportFormat
  language: SheetLanguage
}

export async function assessment({ db, actor }: ReadContext, { assessmentId, ...how }: How & { assessmentId: Id }) {
  const scope = scopeOf(actor)
  const found = await assessmentById(db, scope, assessmentId)
  if (!found) throw new Refusal('notFound', 'assessment.notFound')
  const questions = (await questionsOf(db, assessmentId)).map(({ question }) => question)
  return fileOf(db, scope.organizationId, inTurns(questions), { title: found.title, ...how })
}

const mostFromBank = 5_000
/** How many questions are read, or handed to the thread that writes, in one turn. */
const stretch = 100

export async function bank(
  { db, actor }: ReadContext,
  { fileName, format, language, ...selection }: How & BankSelection & { fileName: string },
) {
  const scope = scopeOf(actor)
  const ids = await chosenFromBank(db, scope, selection)
  if (ids.length === 0) throw new Refusal('notFound', 'question.notFound')
  if (ids.length > mostFromBank) throw new Refusal('tooLarge', 'export.tooMany', { most: mostFromBank })
  return fileOf(db, scope.organizationId, bankQuestions(db, scope, ids), { title: fileName, format, language })
}

/** The oldest first. */
async function chosenFromBank(db: Reader, scope: Scope, { questionIds, ...filter }: BankSelection): Promise<Id[]> {
  if (questionIds) return [...new Set(questionIds)].toSorted((one, other) => one - other)
  const found = await questionIdsBefore(db, scope, { ...filter, source: 'bank', limit: mostFromBank + 1 })
  return found.toReversed()
}

/** As their author wrote them. */
async function* bankQuestions(db: Reader, scope: Scope, ids: readonly Id[]) {
  for (const some of stretches(ids)) {
    const rows = (await questionRows(db, scope, some)).filter(({ assessmentId }) => assessmentId === null)
    if (rows.length !== some.length) throw new Refusal('notFound', 'question.notFound')
    yield rows.map(({ question }) => question)
    await setImmediate()
  }
}

async function* inTurns(questions: readonly Question[]) {
  for (const some of stretches(questions)) {
    yield some
    await setImmediate()
  }
}

function stretches<Item>(items: readonly Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / stretch) }, (_, index) =>
    items.slice(index * stretch, (index + 1) * stretch),
  )
}

async function fileOf(
  db: Reader,
  organizationId: Id,
  questions: AsyncIterable<Question[]>,
  { title, ...how }: How & { title: string },
) {
  const bytesOf = async (image: string) => (await pictureBytes(db, organizationId, image))?.bytes
  const { base64, losses } = await writeElsewhere({ questions, bytesOf, imagesIn: picturesOf }, how)
  const { extension, mimeType } = fileTypes[how.format]
  return { fileName: `${fileNameOf(title, 'questions')}.${extension}`, mimeType, base64, losses }
}
