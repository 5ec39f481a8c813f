import type { Id } from '../../../shared/contract/base.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { type LinkKind, pairOf } from '../links/pair.ts'
import { deleteLink, insertLink, linkBetween } from '../links/queries.ts'
import type { MergeRecord } from './record.ts'

type Link = MergeRecord['links'][number]

export async function linksNaming(db: Reader, fileId: Id): Promise<Omit<Link, 'isMoved'>[]> {
  return db
    .selectFrom('person_links')
    .select([
      'id as linkId',
      'beneficiary_id as beneficiaryId',
      'other_id as otherId',
      'kind',
      'note',
      'mark',
      'written_by as userId',
    ])
    .where((eb) => eb.or([eb('beneficiary_id', '=', fileId), eb('other_id', '=', fileId)]))
    .orderBy('id')
    .execute()
}

/** The links of one file name the other; what the other has already, and what linked the two, goes. */
export async function handLinks(db: Writer, from: Id, to: Id, now: string): Promise<Link[]> {
  const links: Link[] = []
  for (const link of await linksNaming(db, from)) {
    const pair = pairAfter(link, from, to)
    const isMoved = pair.firstId !== pair.secondId && !(await linkBetween(db, pair))
    if (isMoved) await name(db, link.linkId, pair, now)
    else await deleteLink(db, link.linkId)
    links.push({ ...link, isMoved })
  }
  return links
}

function pairAfter({ beneficiaryId, otherId, kind }: Omit<Link, 'isMoved'>, from: Id, to: Id) {
  const [first, second] = [beneficiaryId, otherId].map((id) => (id === from ? to : id)) as [Id, Id]
  return pairWith(first, second, kind)
}

/** The first of a parent stays first. */
function pairWith(first: Id, second: Id, kind: LinkKind) {
  return kind === 'parent' ? pairOf(first, second, 'child') : pairOf(first, second, kind)
}

function name(db: Writer, id: Id, { firstId, secondId }: ReturnType<typeof pairOf>, now: string) {
  return db
    .updateTable('person_links')
    .set({ beneficiary_id: firstId, other_id: secondId, updated_at: now })
    .where('id', '=', id)
    .execute()
}

interface Returned {
  from: Id
  organizationId: Id
  now: string
}

/** Each link names again whom it named; what was removed since, or whose other end is gone, stays so. */
export async function returnLinks(db: Writer, links: readonly Link[], { from, organizationId, now }: Returned) {
  for (const link of links) {
    const pair = pairWith(link.beneficiaryId, link.otherId, link.kind)
    if ((await linkBetween(db, pair)) || !(await areBothHere(db, pair))) continue
    if (!link.isMoved) {
      const { note, mark, userId } = link
      await insertLink(db, { ...pair, organizationId, note: note ?? '', mark, writtenBy: await here(db, userId) }, now)
    } else if ((await linksNaming(db, from)).some(({ linkId }) => linkId === link.linkId)) {
      await name(db, link.linkId, pair, now)
    }
  }
}

async function areBothHere(db: Reader, { firstId, secondId }: ReturnType<typeof pairOf>): Promise<boolean> {
  const files = await db.selectFrom('beneficiaries').select('id').where('id', 'in', [firstId, secondId]).execute()
  return files.length === 2
}

/** Who wrote it may be gone, or on no row of this machine. */
async function here(db: Reader, userId: Id | null): Promise<Id | null> {
  if (userId === null) return null
  const user = await db.selectFrom('users').select('id').where('id', '=', userId).executeTakeFirst()
  return user?.id ?? null
}
