import type { Id } from '../../../shared/contract/base.ts'
import type { ExportFormat } from '../../../shared/contract/exports.ts'
import type { Question } from '../../../shared/contract/questions.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { ReadContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import { scopeOf } from '../../scope.ts'
import { assessmentById, questionsOf } from '../assessments/queries.ts'
import { pictureBytes } from '../documents/picture-bytes.ts'
import { fileNameOf } from './file-name.ts'
import { picturesOf, writeMoodleXml } from './moodle-xml.ts'
import { writeQti } from './qti.ts'

export async function assessment(
  { db, actor }: ReadContext,
  { assessmentId, format }: { assessmentId: Id; format: ExportFormat },
) {
  const scope = scopeOf(actor)
  const found = await assessmentById(db, scope, assessmentId)
  if (!found) throw new Refusal('notFound', 'assessment.notFound')
  const questions = (await questionsOf(db, assessmentId)).map(({ question }) => question)
  const { bytes, losses, extension, mimeType } = written(
    format,
    questions,
    await bytesOf(db, scope.organizationId, questions),
  )
  const base64 = Buffer.from(bytes).toString('base64')
  return { fileName: `${fileNameOf(found.title)}.${extension}`, mimeType, base64, losses }
}

function written(format: ExportFormat, questions: Question[], pictures: Map<string, Uint8Array>) {
  const find = (image: string) => pictures.get(image)
  if (format === 'qti3') return { ...writeQti(questions, find), extension: 'zip', mimeType: 'application/zip' }
  const { text, losses } = writeMoodleXml(questions, find)
  return { bytes: Buffer.from(text), losses, extension: 'xml', mimeType: 'application/xml' }
}

async function bytesOf(db: Reader, organizationId: Id, questions: Question[]) {
  const pictures = new Map<string, Uint8Array>()
  for (const image of new Set(questions.flatMap(picturesOf))) {
    const found = await pictureBytes(db, organizationId, image)
    if (found) pictures.set(image, found.bytes)
  }
  return pictures
}
