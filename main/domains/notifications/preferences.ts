import * as z from 'zod'
import type { Id } from '../../../shared/contract/base.ts'
import { Preferences } from '../../../shared/contract/notifications.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { mintId } from '../../database/ids.ts'
import { userById } from '../identity/queries.ts'

const unset: Preferences = { off: [], isNative: true, quiet: null }

const Kept = z.object({ notifications: Preferences })

/** What somebody has said in `profiles.preferences`, where other wishes may stand as well. */
export function readPreferences(kept: unknown): Preferences {
  const read = Kept.safeParse(kept)
  return read.success ? read.data.notifications : unset
}

export async function preferencesOf(db: Reader, userId: Id) {
  const profile = await db
    .selectFrom('profiles')
    .select(['id', 'preferences'])
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return { profileId: profile?.id, kept: profile?.preferences, preferences: readPreferences(profile?.preferences) }
}

/** The staff have no profile until they need one. */
export async function putPreferences(db: Writer, userId: Id, notifications: Preferences, now: string) {
  const { profileId, kept } = await preferencesOf(db, userId)
  const preferences = { ...Object(kept), notifications }
  if (profileId !== undefined) {
    await db.updateTable('profiles').set({ preferences, updated_at: now }).where('id', '=', profileId).execute()
    return
  }
  await db
    .insertInto('profiles')
    .values({
      id: await mintId(db, 'profiles'),
      organization_id: (await userById(db, userId))?.organizationId ?? null,
      user_id: userId,
      preferences,
      created_at: now,
      updated_at: now,
    })
    .execute()
}
