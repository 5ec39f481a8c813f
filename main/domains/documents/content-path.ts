import type { Id } from '../../../shared/contract/base.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { organizationOf } from '../../actor.ts'
import type { ReadContext } from '../../context.ts'
import { pathForLearner, pathOf, pathOfVersion } from './document-queries.ts'
import { known } from './known.ts'
import { documentScope } from './reach.ts'

type Asking = Pick<ReadContext, 'db' | 'actor' | 'clock'>

/** Where the content of a document lies that the caller may open, or of an older version for those who may edit it. */
export async function pathFor(context: Asking, id: Id, versionId: Id | undefined): Promise<string | null> {
  const { db, actor, clock } = context
  if (actor.kind === 'student') {
    const at = { id, now: clock.now().toISOString() }
    const own = versionId === undefined && (await pathForLearner(db, organizationOf(actor), accountOf(actor), at))
    if (!own) throw new Refusal('notFound', 'document.notFound')
    return own.path
  }
  const { mayEdit } = await known(db, documentScope(actor, clock.now().toISOString()), id)
  const found = versionId === undefined ? await pathOf(db, id) : mayEdit && (await pathOfVersion(db, id, versionId))
  if (!found) throw new Refusal('notFound', 'document.notFound')
  return found.path
}

export function accountOf({ userId }: ReadContext['actor']): Id {
  if (userId === null) throw new Refusal('forbidden', 'door.forbidden')
  return userId
}
