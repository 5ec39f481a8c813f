import { randomUUID } from 'node:crypto'
import { CompiledQuery } from 'kysely'
import type { Writer } from '../../main/database/database.ts'
import { registry, type TableName } from '../../main/database/registry.ts'
import { newIdentity } from '../../main/sync/enrol.ts'

const at = '2026-11-26T10:00:00.000Z'

/** Makes a database look as one that a centre has let in that does not answer, without moving its rows. */
export async function connect(db: Writer, organizationId: number, over: Record<string, string | number | null> = {}) {
  const { incarnation, privateKey } = newIdentity()
  const columns = {
    one: 1,
    organization_id: organizationId,
    organization_name: 'Centre',
    scope: 'organization',
    incarnation,
    spare_sites: '[100, 101]',
    private_key: privateKey,
    clock: 0,
    history: randomUUID(),
    last_success_at: at,
    ...over,
  }
  await insert(db, 'sync_state', columns)
  await insert(db, 'sync_way', { one: 1, address: 'https://127.0.0.1:9' })
}

/** What the centre noticed about a record, as it comes in the feed. */
export async function noticed(
  db: Writer,
  {
    table,
    rowId,
    organizationId,
    ...over
  }: { table: TableName; rowId: number; organizationId: number } & Record<string, string | number | null>,
) {
  await raw(db, 'UPDATE local_site SET applying = 1')
  const id = registry[table].number * 1_000_000 + rowId
  await insert(db, 'sync_conflicts', {
    id,
    organization_id: organizationId,
    key: randomUUID(),
    kind: 'concurrentEdit',
    table_number: registry[table].number,
    row_id: rowId,
    register: 'name',
    kept_clock: 4096 * 60_000,
    kept_site: 2,
    lost_clock: 4096 * 30_000,
    lost_site: 3,
    noticed_at: at,
    ...over,
  })
  await raw(db, 'UPDATE local_site SET applying = 0')
  return id
}

/** As if the centre had everything that was written so far, but for a row of which it took none. */
export async function acknowledged(db: Writer, refused?: { table: TableName; id: number }) {
  await raw(
    db,
    `INSERT INTO sync_outbox (number, head, hash, signature, through_change, clock, sealed_at, acknowledged_at)
    SELECT 1 + (SELECT count(*) FROM sync_outbox), '{}', hex(randomblob(32)), '', change, clock, '${at}', '${at}' FROM sync_state`,
  )
  if (!refused) return
  const number = registry[refused.table].number
  await raw(
    db,
    `INSERT INTO sync_refused (envelope, table_number, id, reason, refused_at, seen_at, change)
    SELECT (SELECT max(number) FROM sync_outbox), table_number, id, 'invalidValue', '${at}', '${at}', change
    FROM sync_rows WHERE table_number = ${number} AND id = ${refused.id}`,
  )
}

async function insert(db: Writer, table: string, columns: Record<string, string | number | null>) {
  const names = Object.keys(columns)
  const text = `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`
  await db.executeQuery(CompiledQuery.raw(text, Object.values(columns)))
}

function raw(db: Writer, text: string) {
  return db.executeQuery(CompiledQuery.raw(text))
}
