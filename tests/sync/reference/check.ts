import type { TableName } from '../../../main/database/registry.ts'
import { registry } from '../../../main/database/registry.ts'
import { hasSeen, type RowState, type Stamp, seenBy } from '../../../main/sync/state.ts'
import type { PushedRow, Refused } from '../../../main/sync/wire.ts'
import type { TableSchema } from '../schema.ts'
import { type Centre, type CentreRow, headOf, keyOf, type SiteRow } from './centre.ts'

const longestText = 1_000_000

/** What the centre does not take of an envelope. What hangs on a row that is not taken is not taken either. */
export function refusedRows(centre: Centre, site: SiteRow, rows: PushedRow[]): Refused[] {
  const refused = new Map<string, Refused>()
  for (const row of rows) {
    const reason = reasonAgainst(centre, site, row)
    if (reason) refused.set(keyOf(row.table, row.id), { table: row.table, id: row.id, column: null, reason })
  }
  const pushed = new Set(rows.map(({ table, id }) => keyOf(table, id)))
  const isThere = (table: number, id: number) =>
    (pushed.has(keyOf(table, id)) && !refused.has(keyOf(table, id))) ||
    centre.state.rows.get(keyOf(table, id))?.organizationId === site.organizationId
  for (let before = -1; before !== refused.size; ) {
    before = refused.size
    for (const row of rows) {
      const key = keyOf(row.table, row.id)
      if (refused.has(key) || parentsOf(centre, row).every(([table, id]) => isThere(table, id))) continue
      refused.set(key, { table: row.table, id: row.id, column: null, reason: 'parentMissing' })
    }
  }
  return [...refused.values()]
}

function parentsOf({ schema }: Centre, { table, values }: RowState): [table: number, id: number][] {
  return (schema.get(table)?.references ?? []).flatMap(({ column, parent, onDelete }): [number, number][] => {
    const id = values[column]
    return typeof id === 'number' && parent !== 'organizations' && onDelete !== 'SET NULL'
      ? [[registry[parent].number, id]]
      : []
  })
}

function reasonAgainst(centre: Centre, site: SiteRow, row: PushedRow): Refused['reason'] | undefined {
  const table = centre.schema.get(row.table)
  if (!table || centre.lacks.has(row.table)) return 'unknownTable'
  const stored = centre.state.rows.get(keyOf(row.table, row.id))
  if (stored && stored.organizationId !== site.organizationId) return 'foreignOrganization'
  if (!isBare(row) && organizationOf(table, row) !== site.organizationId) return 'foreignOrganization'
  const isOffered = isLost(centre, site, row)
  if (!isOffered && !stored && row.base !== 0) return 'moved'
  if (!isOffered && !stored && !isOfFamily(centre, site, Math.floor(row.id / 2 ** 32))) return 'foreignBlock'
  if (!isOffered && !claimsOf(row).every((stamp) => isKnown(centre, site, stamp, stored))) return 'foreignStamp'
  if (Object.values(row.values).some((value) => typeof value === 'string' && value.length > longestText))
    return 'tooLarge'
  return isErased(centre, table.name, row) ? 'erased' : undefined
}

/** Rows that the centre gave out and lost when it was restored; whoever has them brings them back. */
function isLost(centre: Centre, site: SiteRow, { base }: PushedRow): boolean {
  const { restoredAt } = headOf(centre, site.organizationId)
  return restoredAt !== null && base > restoredAt
}

/** Of a row that went long ago nothing is left but that it went. */
function isBare({ values, deletion }: PushedRow): boolean {
  return deletion !== undefined && Object.keys(values).length === 0
}

function organizationOf({ name }: TableSchema, { id, values }: PushedRow): unknown {
  return name === 'organizations' ? id : values['organization_id']
}

function isOfFamily({ state }: Centre, { family }: SiteRow, site: number): boolean {
  return state.sites.get(site)?.family === family
}

/** Every stamp that a row speaks of, and everything that it says it had seen. */
function claimsOf({ stamp, stamps, seen, deletion }: PushedRow): Stamp[] {
  const vectors = [seen, deletion?.saw].flatMap((vector) => Object.entries(vector ?? {}))
  return [
    stamp,
    ...Object.values(stamps ?? {}),
    ...(deletion ? [deletion.stamp] : []),
    ...vectors.map(([site, clock]): Stamp => [clock, Number(site)]),
  ]
}

/** Also an earlier deletion than the one that stands: of those no other is kept. */
function isKnown(centre: Centre, site: SiteRow, stamp: Stamp, stored: CentreRow | undefined): boolean {
  if (isOfFamily(centre, site, stamp[1])) return true
  if (stored === undefined) return false
  const { deletion } = stored.state
  return hasSeen(seenBy(stored.state), stamp) || (deletion?.stamp[1] === stamp[1] && deletion.stamp[0] >= stamp[0])
}

const people: Partial<Record<TableName, readonly string[]>> = {
  users: ['id'],
  profiles: ['user_id'],
  beneficiaries: ['user_id'],
  messages: ['sender_id', 'recipient_id'],
  notifications: ['user_id'],
  consents: ['person_id'],
  legal_holds: ['person_id'],
  privacy_requests: ['person_id'],
}

function isErased({ state }: Centre, table: TableName, { id, values }: PushedRow): boolean {
  const persons = (people[table] ?? []).map((column) => (column === 'id' ? id : values[column]))
  return [...state.rows.values()].some(
    ({ state: row }) => row.table === registry.erasure_orders.number && persons.includes(row.values['person_id'] ?? -1),
  )
}
