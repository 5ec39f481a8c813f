import { Refusal } from '../../../shared/refusal.ts'
import { type Actor, organizationOf } from '../../actor.ts'
import type { Reader } from '../../database/database.ts'
import { type Owner, ownAccounts } from './queries.ts'

/** More calendars than anybody keeps. */
const mostAccounts = 5

export function ownerFor(actor: Actor): Owner {
  if (actor.userId === null) throw new Refusal('forbidden', 'door.forbidden')
  return { organizationId: organizationOf(actor), userId: actor.userId }
}

export async function refuseTooMany(db: Reader, owner: Owner) {
  const present = await ownAccounts(db, owner)
  if (present.length >= mostAccounts) throw new Refusal('conflict', 'calendarAccount.tooMany')
}
