import type { Done } from '../../../shared/contract/base.ts'
import type { DocumentContent, OneContent, WaitingContent } from '../../../shared/contract/sync.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { organizationOf } from '../../actor.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import { pathFor } from '../documents/content-path.ts'
import { nameIn, pieceAt } from '../documents/contents.ts'
import { askFor, noteOf, tryAgain, waitingContents } from './content-queries.ts'
import type { SyncLink } from './link.ts'
import { membership } from './queries.ts'

/** Contents of documents on their way between the computers. */
export function contentHandlers(link: Pick<SyncLink, 'now'>) {
  async function fetchContent(context: WriteContext, { id, versionId }: OneContent): Promise<Done> {
    const { db, actor, now, afterwards } = context
    const path = await pathFor(context, id, versionId)
    const found = await membership(db)
    if (!found || found.organizationId !== actor.organizationId) throw new Refusal('conflict', 'sync.notEnrolled')
    if (path === null || !nameIn(path)) throw new Refusal('notFound', 'document.notHere')
    await askFor(db, path, now)
    afterwards(() => link.now())
    return {}
  }

  async function retryContents({ db, afterwards }: WriteContext): Promise<Done> {
    if (!(await membership(db))) throw new Refusal('conflict', 'sync.notEnrolled')
    await tryAgain(db)
    afterwards(() => link.now())
    return {}
  }

  return { content, fetchContent, contents, retryContents }
}

async function content(context: ReadContext, { id, versionId }: OneContent): Promise<DocumentContent | null> {
  const { db, actor } = context
  const path = await pathFor(context, id, versionId)
  const found = await membership(db)
  if (!found || found.organizationId !== actor.organizationId || path === null) return null
  const note = await noteOf(db, path)
  // A file that was just brought in, or a document that has just come: nobody has looked yet where its content is.
  if (!note) return { isHere: (await pieceAt(db, path, 0)) !== undefined, isOnDemand: false, ...nothingYet }
  const { isHere, isOnDemand, ...arrival } = note
  return { isHere: Boolean(isHere), isOnDemand: !isHere && Boolean(isOnDemand), ...arrival }
}

const nothingYet = { size: 0, arrived: 0, problem: null, dueAt: null }

async function contents({ db, actor }: ReadContext): Promise<WaitingContent[]> {
  const rows = await waitingContents(db, organizationOf(actor))
  return rows.map(({ isHere, ...row }) => ({ ...row, direction: isHere ? ('up' as const) : ('down' as const) }))
}
