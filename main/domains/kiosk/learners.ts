import type { Id } from '../../../shared/contract/base.ts'
import type { LearnerCredentials } from '../../../shared/contract/kiosk.ts'
import { fold } from '../../../shared/fold.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { ReadContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import { type Scope, scopeOf } from '../../scope.ts'
import { listBeneficiaries } from '../beneficiaries/list.ts'
import { activeMembers, credentialsOf, learnersAmong } from './queries.ts'
import { remainingWait } from './throttle.ts'

/** As many as one call of `issue` takes. */
const pageSize = 200

export async function credentials(
  { db, actor, clock }: ReadContext,
  { search, groupId }: { search: string; groupId?: Id | undefined },
) {
  const scope = scopeOf(actor)
  const found = groupId === undefined ? await active(db, scope, search) : await membersNamed(db, scope, groupId, search)
  const people = found.rows.slice(0, pageSize)
  return {
    people: await withCredentials(db, scope.organizationId, people, clock.now().toISOString()),
    more: found.more,
  }
}

async function active(db: Reader, scope: Scope, search: string) {
  const { rows, next } = await listBeneficiaries(db, scope, { search, status: 'active', limit: pageSize })
  return { rows: rows.map(({ id, name }) => ({ id, name })), more: next !== null }
}

async function membersNamed(db: Reader, scope: Scope, groupId: Id, search: string) {
  const wanted = fold(search)
  const rows = (await activeMembers(db, scope, groupId)).filter(({ name }) => fold(name).includes(wanted))
  return { rows, more: rows.length > pageSize }
}

async function withCredentials(
  db: Reader,
  organizationId: Id,
  people: { id: Id; name: string }[],
  now: string,
): Promise<LearnerCredentials[]> {
  const all = Map.groupBy(
    await credentialsOf(
      db,
      organizationId,
      people.map(({ id }) => id),
    ),
    ({ beneficiaryId }) => beneficiaryId,
  )
  return people.map(({ id, name }) => {
    const own = all.get(id) ?? []
    return {
      beneficiaryId: id,
      name,
      kinds: own.map(({ kind }) => kind),
      isLocked: own.some((credential) => remainingWait(credential, now) > 0),
    }
  })
}

/** The names of these learners; one out of reach is reported as missing. */
export async function knownLearners(db: Reader, scope: Scope, ids: readonly Id[]): Promise<Map<Id, string>> {
  const names = new Map((await learnersAmong(db, scope, ids)).map(({ id, name }) => [id, name]))
  if (ids.some((id) => !names.has(id))) throw new Refusal('notFound', 'beneficiary.notFound')
  return names
}
