import type { Done } from '../../../shared/contract/base.ts'
import type { PersonRef } from '../../../shared/contract/privacy.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { organizationOf } from '../../actor.ts'
import type { PreparedMutation, ReadContext, WriteContext } from '../../context.ts'
import type { DatabaseFile } from '../../database/database.ts'
import { endWork, refuseLockOut } from '../identity/colleagues.ts'
import { userById } from '../identity/queries.ts'
import { consentsOf, consentTexts, recordConsent, writeConsentText } from './consents.ts'
import { erasePerson } from './erase.ts'
import { finishErasure } from './finish-erasure.ts'
import { holds, liftHold, placeHold, refuseHeld } from './holds.ts'
import { personOf, refuseOwnAccount } from './people.ts'
import { personFile } from './person-file.ts'
import { processingRegister, registerLines } from './register.ts'
import { closeRequest, receiveRequest, requests } from './requests.ts'
import { retentionHandlers } from './retention/retention.ts'

interface SavedFile {
  fileName: string
  mimeType: string
  base64: string
}

export function privacyHandlers({ database }: { database: DatabaseFile }) {
  async function erase(
    context: WriteContext,
    { person: ref, name }: { person: PersonRef; name: string },
  ): Promise<Done> {
    const { db, actor, now, about, afterwards } = context
    const person = await personOf(db, actor, ref)
    await refuseOwnAccount(db, actor, person)
    await refuseHeld(db, person.userId)
    if (person.name !== name) throw new Refusal('conflict', 'privacy.otherName')
    const account = await userById(db, person.userId)
    if (person.isStaff) await endWork(db, person.userId, now)
    const order = {
      personId: person.userId,
      organizationId: organizationOf(actor),
      erasedBy: actor.userId,
      erasedAt: now,
    }
    const orders = await erasePerson(db, database.auditKey, order)
    if (person.isStaff && account) await refuseLockOut(db, account)
    about(person.userId)
    afterwards(() => {
      for (const one of orders) finishErasure(database, one)
    })
    return {}
  }

  return {
    export: exportPerson,
    erase,
    ...retentionHandlers({ database }),
    consentTexts,
    writeConsentText,
    consentsOf,
    recordConsent,
    holds,
    placeHold,
    liftHold,
    requests,
    receiveRequest,
    closeRequest,
    erasures,
    register,
  }
}

/** The file is made before the write, so that nobody else waits for it. */
const exportPerson: PreparedMutation<PersonRef, SavedFile> = {
  async prepare({ db, actor, clock }, ref) {
    const { userId } = await personOf(db, actor, ref)
    const takenAt = clock.now().toISOString()
    const bytes = await personFile(db, userId, takenAt)
    const fileName = `person-${userId}-${takenAt.slice(0, 10)}.zip`
    return async ({ about }) => {
      about(userId)
      return { fileName, mimeType: 'application/zip', base64: Buffer.from(bytes).toString('base64') }
    }
  },
}

async function erasures({ db, actor }: ReadContext) {
  return db
    .selectFrom('erasure_orders')
    .leftJoin('users', 'users.id', 'erasure_orders.erased_by')
    .select(['person_id as personId', 'erased_at as erasedAt', 'users.name as erasedBy'])
    .where('erasure_orders.organization_id', '=', organizationOf(actor))
    .orderBy('erased_at', 'desc')
    .execute()
}

async function register() {
  return { markdown: processingRegister(), lines: registerLines() }
}
