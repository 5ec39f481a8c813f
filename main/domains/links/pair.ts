import type { Selectable } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { LinkRole } from '../../../shared/contract/links.ts'
import type { PersonLinksTable } from '../../database/tables.ts'

export type LinkKind = Selectable<PersonLinksTable>['kind']

/**
 * How two people stand in a row: the parent first, and where there is no first, the lower number, so that the same thing said on
 * two machines is one row.
 */
export function pairOf(beneficiaryId: Id, otherId: Id, role: LinkRole | 'different') {
  if (role === 'parent') return { kind: 'parent' as const, firstId: otherId, secondId: beneficiaryId }
  if (role === 'child') return { kind: 'parent' as const, firstId: beneficiaryId, secondId: otherId }
  return { kind: role, firstId: Math.min(beneficiaryId, otherId), secondId: Math.max(beneficiaryId, otherId) }
}
