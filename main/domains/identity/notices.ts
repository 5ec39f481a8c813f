import * as z from 'zod'
import type { Id } from '../../../shared/contract/base.ts'
import { type Notice, resetWays } from '../../../shared/contract/sign-in.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import type { Writer } from '../../database/database.ts'
import { mintId } from '../../database/ids.ts'
import { readNotices, unreadNotices } from './account-queries.ts'

const Data = z.object({ way: z.enum(resetWays), by: z.string().nullable() })

/** Tells the owner of an account that its password was set by another way than the old one. */
export async function noticeReset(
  db: Writer,
  user: { id: Id; organizationId: Id | null },
  data: z.infer<typeof Data>,
  now: string,
) {
  await db
    .insertInto('notifications')
    .values({
      id: await mintId(db, 'notifications'),
      organization_id: user.organizationId,
      user_id: user.id,
      type: 'security',
      title: 'identity.resetPassword',
      data,
      created_at: now,
    })
    .execute()
}

export async function notices({ db, actor }: ReadContext): Promise<Notice[]> {
  const rows = actor.userId === null ? [] : await unreadNotices(db, actor.userId)
  return rows.flatMap(({ id, data, at }) => {
    const read = Data.safeParse(data)
    return read.success ? [{ id, at, ...read.data }] : []
  })
}

export async function dismissNotices({ db, actor, now }: WriteContext) {
  if (actor.userId !== null) await readNotices(db, actor.userId, now)
  return {}
}
