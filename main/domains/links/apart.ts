import { createHash } from 'node:crypto'
import { type SqlBool, sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { SetApart } from '../../../shared/contract/links.ts'
import type { Reader } from '../../database/database.ts'
import { reachesEachLearner, type Scope } from '../../scope.ts'
import { isPutAway } from '../merges/put-away.ts'

interface Known {
  name: string
  dateOfBirth: string | null
  phone: string | null
}

/** Tells whether two people are still as they were when somebody looked at both; the one with the lower number first. */
export function markOf(first: Known, second: Known): string {
  const words = [first, second].map(({ name, dateOfBirth, phone }) => [name, dateOfBirth ?? '', phone ?? ''])
  return createHash('sha256').update(JSON.stringify(words)).digest('hex')
}

/** Pairs within reach of whom somebody has said that they are two, and who have not changed since; newest first. */
export async function pairsApart(db: Reader, scope: Scope): Promise<SetApart[]> {
  const rows = await apartRows(db, scope)
  return rows.flatMap(({ id, byName, since, mark, ...row }) => {
    const [first, second] = [personIn(row, 'first'), personIn(row, 'second')]
    if (mark !== markOf(first, second)) return []
    return [{ id, byName, since, first: onWire(first), second: onWire(second) }]
  })
}

/** The pairs as the radar names them, the lower number first. */
export async function keysApart(db: Reader, scope: Scope): Promise<Set<string>> {
  const pairs = await pairsApart(db, scope)
  return new Set(pairs.map(({ first, second }) => keyOf(first.id, second.id)))
}

export function keyOf(one: Id, other: Id): string {
  return `${Math.min(one, other)} ${Math.max(one, other)}`
}

type Row = Awaited<ReturnType<typeof apartRows>>[number]

function personIn(row: Omit<Row, 'id' | 'byName' | 'since' | 'mark'>, end: 'first' | 'second') {
  return end === 'first'
    ? { id: row.firstId, name: row.firstName, dateOfBirth: row.firstBorn, phone: row.firstPhone }
    : { id: row.secondId, name: row.secondName, dateOfBirth: row.secondBorn, phone: row.secondPhone }
}

function onWire({ id, name, dateOfBirth }: ReturnType<typeof personIn>) {
  return { id, name, dateOfBirth, photo: null }
}

function apartRows(db: Reader, scope: Scope) {
  const isAtHand = (file: string) => sql<SqlBool>`not ${sql.raw(isPutAway(file))}`
  return db
    .selectFrom('person_links')
    .innerJoin('beneficiaries as first', 'first.id', 'person_links.beneficiary_id')
    .innerJoin('users as firstUsers', 'firstUsers.id', 'first.user_id')
    .leftJoin('profiles as firstProfiles', 'firstProfiles.user_id', 'first.user_id')
    .innerJoin('beneficiaries as second', 'second.id', 'person_links.other_id')
    .innerJoin('users as secondUsers', 'secondUsers.id', 'second.user_id')
    .leftJoin('profiles as secondProfiles', 'secondProfiles.user_id', 'second.user_id')
    .leftJoin('users as writers', 'writers.id', 'person_links.written_by')
    .select([
      'person_links.id',
      'person_links.mark',
      'person_links.updated_at as since',
      'writers.name as byName',
      'first.id as firstId',
      'firstUsers.name as firstName',
      'firstProfiles.date_of_birth as firstBorn',
      'firstProfiles.phone as firstPhone',
      'second.id as secondId',
      'secondUsers.name as secondName',
      'secondProfiles.date_of_birth as secondBorn',
      'secondProfiles.phone as secondPhone',
    ])
    .where('person_links.organization_id', '=', scope.organizationId)
    .where('person_links.kind', '=', 'different')
    .where(reachesEachLearner(scope, 'first.id'))
    .where(reachesEachLearner(scope, 'second.id'))
    .where(isAtHand('first'))
    .where(isAtHand('second'))
    .orderBy('person_links.updated_at', 'desc')
    .orderBy('person_links.id', 'desc')
    .execute()
}
