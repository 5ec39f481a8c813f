import type { Id } from '../../../shared/contract/base.ts'
import type { Entry } from '../../../shared/contract/unsaved.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { Actor } from '../../actor.ts'
import type { Reader, Writer } from '../../database/database.ts'

interface Place {
  actor: Actor
  form: string
}

function userOf({ userId }: Actor): Id {
  if (userId === null) throw new Refusal('forbidden', 'door.forbidden')
  return userId
}

export async function entryOf(
  db: Reader,
  { actor, form }: Place,
): Promise<{ entry: Entry; keptAt: string } | undefined> {
  const kept = await db
    .selectFrom('unsaved_entries')
    .select(['entry', 'kept_at as keptAt'])
    .where('user_id', '=', userOf(actor))
    .where('form', '=', form)
    .executeTakeFirst()
  return kept && { entry: JSON.parse(kept.entry), keptAt: kept.keptAt }
}

export function putEntry(
  db: Writer,
  { actor, organizationId, form, entry }: Place & { organizationId: Id; entry: Entry },
  now: string,
) {
  const columns = { organization_id: organizationId, entry: JSON.stringify(entry), kept_at: now }
  return db
    .insertInto('unsaved_entries')
    .values({ user_id: userOf(actor), form, ...columns })
    .onConflict((conflict) => conflict.columns(['user_id', 'form']).doUpdateSet(columns))
    .execute()
}

export function deleteEntry(db: Writer, { actor, form }: Place) {
  return db.deleteFrom('unsaved_entries').where('user_id', '=', userOf(actor)).where('form', '=', form).execute()
}

export function deleteOldEntries(db: Writer, before: string) {
  return db.deleteFrom('unsaved_entries').where('kept_at', '<', before).execute()
}
