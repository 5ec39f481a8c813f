import type { Id } from '../../../shared/contract/base.ts'
import type { Conflict } from '../../../shared/contract/sync.ts'
import type { Reader } from '../../database/database.ts'
import { filesOf } from '../merges/one-address.ts'
import { cardOf, countsNow } from './counts-now.ts'
import { nameOf } from './names.ts'
import { placeOf } from './place.ts'
import { type ConflictRow, momentOf, tableOf } from './queries.ts'

/** How long a decision can be taken back, in milliseconds. */
export const undoMs = 90 * 24 * 3_600_000

interface Look {
  organizationId: Id
  now: Date
  needsPerson: (table: string, register: string) => boolean
}

/** One of them as a person reads it; undefined where this program does not know the kind of record. */
export async function shownConflict(
  db: Reader,
  row: ConflictRow,
  { organizationId, now, needsPerson }: Look,
): Promise<Conflict | undefined> {
  const table = tableOf(row.tableNumber)
  if (!table) return undefined
  const { id, kind, rowId, register, noticedAt, decision, decidedBy, decidedAt } = row
  const shown = await cardOf(db, table, row)
  const place = await placeOf(db, table, rowId)
  const current = await countsNow(db, row, { shown, file: place?.kind === 'file' ? place.id : null })
  const side = (values: unknown, clock: number, where: Pick<Conflict['kept'], 'byName' | 'site' | 'machine'>) => ({
    values: shown(values),
    at: momentOf(clock),
    ...where,
  })
  return {
    id,
    kind,
    table,
    rowId,
    name: await nameOf(db, table, rowId),
    place,
    register,
    kept: side(row.keptValues, row.keptClock, { byName: row.keptBy, site: row.keptSite, machine: row.keptOn }),
    lost: side(row.lostValues, row.lostClock, { byName: row.lostBy, site: row.lostSite, machine: row.lostOn }),
    current,
    needsPerson: needsPerson(table, register),
    files: await shownFiles(db, organizationId, row),
    noticedAt,
    decision:
      decision === null || decidedAt === null
        ? null
        : {
            what: decision,
            byName: decidedBy,
            at: decidedAt,
            canUndo: decision !== 'merged' && isUndoable(decidedAt, now),
          },
  }
}

async function shownFiles(db: Reader, organizationId: Id, row: ConflictRow): Promise<Conflict['files']> {
  const files = await filesOf(db, organizationId, row)
  return files && { first: withoutAccount(files.first), second: withoutAccount(files.second) }
}

function withoutAccount<F extends { accountId: Id }>({ accountId: _accountId, ...file }: F) {
  return file
}

export function isUndoable(decidedAt: string, now: Date): boolean {
  return now.getTime() - Date.parse(decidedAt) <= undoMs
}
