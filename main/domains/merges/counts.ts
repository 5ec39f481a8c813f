import { sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import { type MovedCount, movedKinds } from '../../../shared/contract/merges.ts'
import type { Reader } from '../../database/database.ts'
import type { PersonFile } from '../beneficiaries/person-file.ts'
import { isPhoto } from '../photos/queries.ts'
import { linksNaming } from './links.ts'
import { numbersOf } from './put-together.ts'
import { rowsNaming } from './rows.ts'

const places: Record<Exclude<MovedCount['kind'], 'links' | 'photos' | 'documents'>, readonly string[]> = {
  attempts: ['attempts.beneficiary_id'],
  assessments: ['assessments.beneficiary_id'],
  appointments: ['appointments.beneficiary_id'],
  messages: ['messages.sender_id', 'messages.recipient_id'],
  groups: ['group_members.beneficiary_id'],
  consents: ['consents.person_id'],
  handovers: ['handovers.beneficiary_id'],
  credentials: ['learner_credentials.beneficiary_id'],
  goals: ['goals.beneficiary_id'],
}

/** How much hangs on a person, without what there is nothing of. */
export async function countsOf(db: Reader, person: Pick<PersonFile, 'id' | 'userId'>): Promise<MovedCount[]> {
  const rows = await rowsNaming(db, numbersOf(person))
  const links = (await linksNaming(db, person.id)).filter(({ kind }) => kind !== 'different').length
  const papers = await papersOf(db, person.id)
  const named = (kind: keyof typeof places) =>
    places[kind].reduce((sum, place) => sum + (rows.get(place)?.length ?? 0), 0)
  return movedKinds.flatMap((kind) => {
    const counts = { ...papers, links }
    const count = kind === 'links' || kind === 'photos' || kind === 'documents' ? counts[kind] : named(kind)
    return count > 0 ? [{ kind, count }] : []
  })
}

/** A photo is a document to the database alone; what is in the trash goes along unseen. */
async function papersOf(db: Reader, beneficiaryId: Id) {
  const { photos, documents } = await db
    .selectFrom('documents')
    .select([
      sql<number>`count(*) filter (where ${isPhoto})`.as('photos'),
      sql<number>`count(*) filter (where not coalesce(${isPhoto}, 0))`.as('documents'),
    ])
    .where('beneficiary_id', '=', beneficiaryId)
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow()
  // Of several that machines brought, one is shown.
  return { photos: Math.min(photos, 1), documents }
}
