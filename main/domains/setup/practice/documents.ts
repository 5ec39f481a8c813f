import type { Id } from '../../../../shared/contract/base.ts'
import type { DocumentFields } from '../../../../shared/contract/documents.ts'
import type { Writer } from '../../../database/database.ts'
import { contentType } from '../../documents/content-type.ts'
import { digestOfBytes, pathOfPieces } from '../../documents/contents.ts'
import { insertDocument, updateDocument } from '../../documents/document-queries.ts'
import { keepContent } from '../../documents/queries.ts'

interface PracticeDocument extends DocumentFields {
  /** The place of the learner among those of the practice centre. */
  learner: number | null
  text: string
}

const plain = { description: '', category: '', tags: [], isPublic: false, learner: null }

const practiceDocuments: readonly PracticeDocument[] = [
  {
    ...plain,
    filename: 'Rules of the house.txt',
    text: 'We begin on time. Phones stay in the bag. Whoever needs help asks; whoever can help does.\n',
    description: 'For everybody who learns or works here',
    category: 'House',
    isPublic: true,
  },
  {
    ...plain,
    filename: 'Lettre de motivation, deuxième version relue avec la formatrice.txt',
    text: 'Madame, Monsieur,\n\nJe souhaite rejoindre votre équipe de cuisine.\n',
    category: 'Application',
    tags: ['letter', '2026'],
    learner: 0,
  },
  { ...plain, filename: 'شهادة حضور.txt', text: 'حضر الدورة كاملة.\n', category: 'Certificate', learner: 1 },
]

interface Centre {
  organizationId: Id
  trainerId: Id
  learnerIds: readonly Id[]
}

/** A few letters and a certificate, so that the list of documents is not empty. */
export async function putPracticeDocuments(db: Writer, { organizationId, trainerId, learnerIds }: Centre, at: string) {
  for (const { text, learner, ...fields } of practiceDocuments) {
    const bytes = Buffer.from(text)
    const image = digestOfBytes(bytes)
    await keepContent(db, { image, bytes }, at)
    const content = {
      filename: fields.filename,
      path: pathOfPieces([image]),
      size: bytes.length,
      mimeType: contentType(bytes, fields.filename),
      uploadedBy: trainerId,
    }
    const beneficiaryId = learner === null ? null : (learnerIds[learner] ?? null)
    const id = await insertDocument(db, { ...content, organizationId, beneficiaryId }, at)
    await updateDocument(db, id, fields, at)
  }
}
