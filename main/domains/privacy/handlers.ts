import type { Done, Id } from '../../../shared/contract/base.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { PreparedMutation, WriteContext } from '../../context.ts'
import type { DatabaseFile, Reader } from '../../database/database.ts'
import { type Scope, scopeOf } from '../../scope.ts'
import { beneficiaryOf } from '../beneficiaries/queries.ts'
import { erasePerson } from './erase.ts'
import { finishErasure } from './orders.ts'
import { personFile } from './person-file.ts'

interface SavedFile {
  fileName: string
  mimeType: string
  base64: string
}

export function privacyHandlers({ database }: { database: DatabaseFile }) {
  async function erase(
    context: WriteContext,
    { beneficiaryId, name }: { beneficiaryId: Id; name: string },
  ): Promise<Done> {
    const { db, actor, now, about, afterwards } = context
    const scope = scopeOf(actor)
    const person = await known(db, scope, beneficiaryId)
    if (person.name !== name) throw new Refusal('conflict', 'privacy.otherName')
    const order = {
      personId: person.userId,
      organizationId: scope.organizationId,
      erasedBy: actor.userId,
      erasedAt: now,
    }
    await erasePerson(db, database.auditKey, order)
    about(person.userId)
    afterwards(() => finishErasure(database, order))
    return {}
  }
  return { export: exportPerson, erase }
}

/** The file is made before the write, so that nobody else waits for it. */
const exportPerson: PreparedMutation<{ beneficiaryId: Id }, SavedFile> = {
  async prepare({ db, actor, clock }, { beneficiaryId }) {
    const person = await known(db, scopeOf(actor), beneficiaryId)
    const takenAt = clock.now().toISOString()
    const bytes = await personFile(db, person.userId, takenAt)
    const fileName = `person-${beneficiaryId}-${takenAt.slice(0, 10)}.zip`
    return async ({ about }) => {
      about(beneficiaryId)
      return { fileName, mimeType: 'application/zip', base64: Buffer.from(bytes).toString('base64') }
    }
  },
}

async function known(db: Reader, scope: Scope, id: Id) {
  const person = await beneficiaryOf(db, scope, id)
  if (!person) throw new Refusal('notFound', 'beneficiary.notFound')
  return person
}
