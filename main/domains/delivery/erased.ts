import type { Id } from '../../../shared/contract/base.ts'
import { organizationOf } from '../../actor.ts'
import type { ReadContext } from '../../context.ts'
import { erasedAmong } from '../privacy/erased-attempts.ts'

export async function erased({ db, actor }: ReadContext, { attemptIds }: { attemptIds: Id[] }) {
  return { attemptIds: await erasedAmong(db, organizationOf(actor), attemptIds) }
}
