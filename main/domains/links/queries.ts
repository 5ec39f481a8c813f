import { type SqlBool, sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { LinkRole } from '../../../shared/contract/links.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { mintId } from '../../database/ids.ts'
import { reachesEachLearner, type Scope } from '../../scope.ts'
import { isPutAway } from '../merges/put-away.ts'
import { photoOfPerson } from '../photos/queries.ts'
import type { LinkKind, pairOf } from './pair.ts'

/** Whether anybody is linked to the person in `beneficiaries`, from either side. */
export const isLinked = sql<SqlBool>`exists (
  select 1 from person_links where person_links.beneficiary_id = beneficiaries.id or person_links.other_id = beneficiaries.id
)`

/** The links of a person, each with the one at the other end; without those whose other end is out of reach. */
export async function linksOf(db: Reader, scope: Scope, id: Id) {
  const theOther = sql<Id>`iif(person_links.beneficiary_id = ${id}, person_links.other_id, person_links.beneficiary_id)`
  const rows = await db
    .selectFrom('person_links')
    .innerJoin('beneficiaries', (join) => join.on('beneficiaries.id', '=', theOther))
    .innerJoin('users', 'users.id', 'beneficiaries.user_id')
    .leftJoin('profiles', 'profiles.user_id', 'users.id')
    .select((eb) => [
      'person_links.id',
      'person_links.kind',
      'person_links.beneficiary_id as firstId',
      eb.fn.coalesce('person_links.note', eb.val('')).as('note'),
      'beneficiaries.id as otherId',
      'users.name',
      'profiles.date_of_birth as dateOfBirth',
      photoOfPerson.as('photo'),
    ])
    .where((eb) => eb.or([eb('person_links.beneficiary_id', '=', id), eb('person_links.other_id', '=', id)]))
    .where('person_links.kind', '!=', 'different')
    .where('beneficiaries.organization_id', '=', scope.organizationId)
    .where(reachesEachLearner(scope, 'beneficiaries.id'))
    .where(sql<SqlBool>`not ${sql.raw(isPutAway('beneficiaries'))}`)
    .orderBy('person_links.kind')
    .orderBy('users.name')
    .orderBy('person_links.id')
    .limit(200)
    .execute()
  return rows.map(({ id: linkId, kind, firstId, note, otherId, ...person }) => ({
    id: linkId,
    role: roleFrom(kind, firstId === otherId),
    note,
    person: { ...person, id: otherId },
  }))
}

/** Of a parent, the first is the parent: where the other one stands first, they are it. */
function roleFrom(kind: LinkKind, isOtherFirst: boolean): LinkRole {
  if (kind === 'parent') return isOtherFirst ? 'parent' : 'child'
  return kind === 'different' ? 'other' : kind
}

/** A link whose both ends are within reach. */
export function linkWithin(db: Reader, scope: Scope, id: Id) {
  return db
    .selectFrom('person_links')
    .select(['id', 'beneficiary_id as beneficiaryId', 'other_id as otherId', 'kind'])
    .where('organization_id', '=', scope.organizationId)
    .where('id', '=', id)
    .where(reachesEachLearner(scope, 'person_links.beneficiary_id'))
    .where(reachesEachLearner(scope, 'person_links.other_id'))
    .executeTakeFirst()
}

/** Two people who are linked in this way, whichever of them stands first. */
export function linkBetween(db: Reader, { kind, firstId, secondId }: ReturnType<typeof pairOf>) {
  return db
    .selectFrom('person_links')
    .select('id')
    .where('kind', '=', kind)
    .where((eb) =>
      eb.or([
        eb.and([eb('beneficiary_id', '=', firstId), eb('other_id', '=', secondId)]),
        eb.and([eb('beneficiary_id', '=', secondId), eb('other_id', '=', firstId)]),
      ]),
    )
    .executeTakeFirst()
}

interface NewRow {
  kind: LinkKind
  firstId: Id
  secondId: Id
  organizationId: Id
  note: string
  mark: string | null
  writtenBy: Id | null
}

export async function insertLink(db: Writer, link: NewRow, now: string): Promise<Id> {
  const id = await mintId(db, 'person_links')
  await db
    .insertInto('person_links')
    .values({
      id,
      organization_id: link.organizationId,
      beneficiary_id: link.firstId,
      other_id: link.secondId,
      kind: link.kind,
      note: link.note || null,
      mark: link.mark,
      written_by: link.writtenBy,
      created_at: now,
      updated_at: now,
    })
    .execute()
  return id
}

export function deleteLink(db: Writer, id: Id) {
  return db.deleteFrom('person_links').where('id', '=', id).execute()
}

/** Said anew of two people who have changed since. */
export function markAnew(db: Writer, id: Id, { mark, writtenBy }: Pick<NewRow, 'mark' | 'writtenBy'>, now: string) {
  return db
    .updateTable('person_links')
    .set({ mark, written_by: writtenBy, updated_at: now })
    .where('id', '=', id)
    .execute()
}
