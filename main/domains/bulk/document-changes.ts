import type { DocumentChange } from '../../../shared/contract/bulk.ts'
import { DocumentFields, type DocumentRow } from '../../../shared/contract/documents.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { setDeleted, updateDocument } from '../documents/document-queries.ts'
import { known, unchanged } from '../documents/known.ts'
import { documentScope } from '../documents/reach.ts'
import type { KeptOfDocument, Left, RowChange, RowContext } from './row-change.ts'

/** What is to be done with each document: by the rules of a single change. */
export function documentChange(change: DocumentChange): RowChange<KeptOfDocument> {
  return {
    async apply({ db, actor, now }, id) {
      const document = await known(db, documentScope(actor, now), id)
      if (document.deletedAt !== null) throw new Refusal('notFound', 'document.notFound')
      if (change.kind === 'remove') return remove({ db, actor, now }, document)
      const part = changed(document, change)
      if (!part) return undefined
      refuse(document, change)
      await updateDocument(db, id, fieldsOf(document, part), now)
      const { category, tags, isPublic } = document
      return { kind: 'fields', category, tags, isPublic }
    },
  }
}

async function remove({ db, now }: RowContext, { id, mayManage }: DocumentRow): Promise<KeptOfDocument> {
  if (!mayManage) throw new Refusal('forbidden', 'document.notYours')
  await setDeleted(db, id, now, now)
  return { kind: 'removed' }
}

function refuse({ mayEdit, mayManage, beneficiaryId }: DocumentRow, change: DocumentChange) {
  if (!mayEdit) throw new Refusal('forbidden', 'document.viewOnly')
  if (change.kind !== 'public') return
  if (change.isPublic && beneficiaryId !== null) throw new Refusal('invalid', 'document.aboutPerson')
  if (!mayManage) throw new Refusal('forbidden', 'document.notYours')
}

const mostTags = 20

/** Nothing where the document is so already. */
function changed(
  { category, tags, isPublic }: DocumentRow,
  change: DocumentChange,
): Partial<DocumentFields> | undefined {
  switch (change.kind) {
    case 'category':
      return category === change.category ? undefined : { category: change.category }
    case 'addTag':
      if (tags.includes(change.tag)) return undefined
      if (tags.length >= mostTags) throw new Refusal('conflict', 'document.tooManyTags', { most: mostTags })
      return { tags: [...tags, change.tag] }
    case 'removeTag':
      return tags.includes(change.tag) ? { tags: tags.filter((tag) => tag !== change.tag) } : undefined
    case 'public':
      return isPublic === change.isPublic ? undefined : { isPublic: change.isPublic }
    case 'remove':
      return undefined
  }
}

/** Only where nobody has written since; a refusal comes before the first write. */
export async function takeBackDocument(
  { db, actor, now }: RowContext,
  { id, before, writtenAt }: Left<KeptOfDocument>,
) {
  const document = await unchanged(db, documentScope(actor, now), { id, updatedAt: writtenAt })
  if (before.kind === 'removed') {
    await setDeleted(db, id, null, now)
    return
  }
  const { category, tags, isPublic } = before
  await updateDocument(db, id, fieldsOf(document, { category, tags, isPublic }), now)
}

function fieldsOf(document: DocumentRow, part: Partial<DocumentFields>): DocumentFields {
  return DocumentFields.strip().parse({ ...document, ...part })
}
