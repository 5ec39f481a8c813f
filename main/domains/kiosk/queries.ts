import type { Id } from '../../../shared/contract/base.ts'
import type { CredentialKind } from '../../../shared/contract/kiosk.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { mintIds } from '../../database/ids.ts'
import { reachesLearner, type Scope } from '../../scope.ts'
import type { Throttle } from '../identity/throttle.ts'
import { isAtHand } from '../merges/put-away.ts'

/** The learners among these ids that are within reach. */
export function learnersAmong(db: Reader, scope: Scope, ids: readonly Id[]) {
  return db
    .selectFrom('beneficiaries')
    .innerJoin('users', 'users.id', 'beneficiaries.user_id')
    .select(['beneficiaries.id', 'users.name', 'beneficiaries.status'])
    .where('beneficiaries.organization_id', '=', scope.organizationId)
    .where('beneficiaries.id', 'in', ids)
    .where(reachesLearner(scope, 'beneficiaries.id'))
    .where(isAtHand)
    .execute()
}

/** Active members of a group, by name. */
export function activeMembers(db: Reader, scope: Scope, groupId: Id) {
  return db
    .selectFrom('group_members')
    .innerJoin('beneficiaries', 'beneficiaries.id', 'group_members.beneficiary_id')
    .innerJoin('users', 'users.id', 'beneficiaries.user_id')
    .select(['beneficiaries.id', 'users.name'])
    .where('group_members.organization_id', '=', scope.organizationId)
    .where('group_members.group_id', '=', groupId)
    .where(reachesLearner(scope, 'group_members.beneficiary_id'))
    .where('beneficiaries.status', '=', 'active')
    .orderBy('users.name')
    .execute()
}

function liveCredentials(db: Reader, organizationId: Id) {
  return db
    .selectFrom('learner_credentials')
    .select([
      'id',
      'beneficiary_id as beneficiaryId',
      'kind',
      'secret_hash as hash',
      'failures',
      'locked_until as lockedUntil',
    ])
    .where('organization_id', '=', organizationId)
    .where('revoked_at', 'is', null)
}

export function credentialsOf(db: Reader, organizationId: Id, beneficiaryIds: readonly Id[]) {
  return liveCredentials(db, organizationId).where('beneficiary_id', 'in', beneficiaryIds).execute()
}

export function credentialOf(db: Reader, organizationId: Id, beneficiaryId: Id, kind: CredentialKind) {
  return liveCredentials(db, organizationId)
    .where('beneficiary_id', '=', beneficiaryId)
    .where('kind', '=', kind)
    .orderBy('id', 'desc')
    .executeTakeFirst()
}

export function cardByDigest(db: Reader, organizationId: Id, digest: string) {
  return liveCredentials(db, organizationId)
    .where('kind', '=', 'card')
    .where('secret_hash', '=', digest)
    .executeTakeFirst()
}

interface NewCredential {
  beneficiaryId: Id
  kind: CredentialKind
  hash: string
}

export async function insertCredentials(
  db: Writer,
  organizationId: Id,
  credentials: readonly NewCredential[],
  now: string,
) {
  const ids = await mintIds(db, 'learner_credentials', credentials.length)
  await db
    .insertInto('learner_credentials')
    .values(
      credentials.map(({ beneficiaryId, kind, hash }, index) => ({
        id: ids[index] as Id,
        organization_id: organizationId,
        beneficiary_id: beneficiaryId,
        kind,
        secret_hash: hash,
        created_at: now,
        updated_at: now,
      })),
    )
    .execute()
}

export function revokeCredentials(
  db: Writer,
  organizationId: Id,
  { beneficiaryIds, kinds }: { beneficiaryIds: readonly Id[]; kinds: readonly CredentialKind[] },
  now: string,
) {
  return db
    .updateTable('learner_credentials')
    .set({ revoked_at: now, updated_at: now })
    .where('organization_id', '=', organizationId)
    .where('beneficiary_id', 'in', beneficiaryIds)
    .where('kind', 'in', kinds)
    .where('revoked_at', 'is', null)
    .execute()
}

export function setThrottle(db: Writer, id: Id, { failures, lockedUntil }: Throttle, now: string) {
  return db
    .updateTable('learner_credentials')
    .set({ failures, locked_until: lockedUntil, updated_at: now })
    .where('id', '=', id)
    .execute()
}

export function clearThrottles(db: Writer, organizationId: Id, beneficiaryId: Id, now: string) {
  return db
    .updateTable('learner_credentials')
    .set({ failures: 0, locked_until: null, updated_at: now })
    .where('organization_id', '=', organizationId)
    .where('beneficiary_id', '=', beneficiaryId)
    .where('revoked_at', 'is', null)
    .execute()
}
