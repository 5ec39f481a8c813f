import { type MovedCount, movedKinds } from '../../../shared/contract/merges.ts'
import type { Reader } from '../../database/database.ts'
import type { PersonFile } from '../beneficiaries/person-file.ts'
import { linksNaming } from './links.ts'
import { numbersOf } from './put-together.ts'
import { rowsNaming } from './rows.ts'

const places: Record<Exclude<MovedCount['kind'], 'links'>, readonly string[]> = {
  attempts: ['attempts.beneficiary_id'],
  assessments: ['assessments.beneficiary_id'],
  appointments: ['appointments.beneficiary_id'],
  documents: ['documents.beneficiary_id'],
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
  return movedKinds.flatMap((kind) => {
    const count =
      kind === 'links' ? links : places[kind].reduce((sum, place) => sum + (rows.get(place)?.length ?? 0), 0)
    return count > 0 ? [{ kind, count }] : []
  })
}
