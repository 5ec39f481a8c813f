import type { Id } from '../../../shared/contract/base.ts'
import type { Writer } from '../../database/database.ts'
import { insertMembers } from '../groups/queries.ts'
import { handAttemptBack, handAttempts } from './attempts.ts'
import { joinAttendance, partAttendance } from './attendance.ts'
import { handLinks, returnLinks } from './links.ts'
import { leaveSharedGroups, reopenOffers, restoreCredentials, revokeDoubles, withdrawOffers } from './queries.ts'
import type { MergeRecord } from './record.ts'
import { type Handed, hand, rowsNaming } from './rows.ts'

export type MovedRows = Pick<
  MergeRecord,
  'moved' | 'numbers' | 'revoked' | 'withdrawn' | 'groups' | 'links' | 'attendance'
>

export const nothingMoved: MovedRows = {
  moved: {},
  numbers: [],
  revoked: [],
  withdrawn: [],
  groups: [],
  links: [],
  attendance: [],
}

/** Everything that names one person names the other; returns what it was, so that it can be given back. */
export async function moveRows(db: Writer, { from, to, now }: Handed): Promise<MovedRows> {
  const groups = await leaveSharedGroups(db, from.file, to.file)
  const revoked = await revokeDoubles(db, from.file, to.file, now)
  const withdrawn = await withdrawOffers(db, from.file, now)
  const links = await handLinks(db, from.file, to.file, now)
  const attendance = await joinAttendance(db, from.file, to.file, now)
  const moved = await rowsNaming(db, from)
  const numbers = await handAttempts(db, from.file, to.file)
  for (const [place, keys] of moved) await hand(db, place, keys, { from, to, now })
  return { moved: Object.fromEntries(moved), numbers, revoked, withdrawn, groups, links, attendance }
}

/** What came later is known beside what came at first. */
export function together(one: MovedRows, other: MovedRows): MovedRows {
  const moved = { ...one.moved }
  for (const [place, keys] of Object.entries(other.moved))
    moved[place] = [...new Set([...(moved[place] ?? []), ...keys])]
  return {
    moved,
    numbers: [...one.numbers, ...other.numbers],
    revoked: [...one.revoked, ...other.revoked],
    withdrawn: [...one.withdrawn, ...other.withdrawn],
    groups: [...new Set([...one.groups, ...other.groups])],
    links: [...one.links, ...other.links],
    attendance: [...one.attendance, ...other.attendance],
  }
}

interface Returned extends Handed {
  organizationId: Id
}

/** Gives back what came from a file; what names somebody else by now, or is gone, stays so. */
export async function returnRows(db: Writer, rows: MovedRows, { from, to, now, organizationId }: Returned) {
  const numbers = new Map(rows.numbers.map(({ attemptId, number }) => [attemptId, number]))
  for (const id of rows.moved['attempts.beneficiary_id'] ?? []) {
    await handAttemptBack(db, Number(id), { from: from.file, to: to.file }, numbers.get(Number(id)))
  }
  for (const [place, keys] of Object.entries(rows.moved)) await hand(db, place, keys, { from, to, now })
  if (rows.revoked.length > 0) await restoreCredentials(db, to.file, rows.revoked, now)
  if (rows.withdrawn.length > 0) await reopenOffers(db, to.file, rows.withdrawn, now)
  for (const groupId of await standing(db, rows.groups)) {
    await insertMembers(db, organizationId, groupId, [to.file], now)
  }
  await returnLinks(db, rows.links, { from: from.file, organizationId, now })
  await partAttendance(db, rows.attendance, { to: to.file, organizationId, now })
}

async function standing(db: Writer, groups: readonly Id[]): Promise<Id[]> {
  if (groups.length === 0) return []
  const rows = await db.selectFrom('groups').select('id').where('id', 'in', groups).execute()
  return rows.map(({ id }) => id)
}
