import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { openConnection } from '../../../main/database/open.ts'
import { secondsSince } from './peer.ts'

/** The same texts into one table of PostgreSQL, in one commit. */
export async function copied(operator: pg.Client, rows: string[]): Promise<number> {
  await operator.query(
    'CREATE TABLE public.floor (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, state jsonb NOT NULL)',
  )
  const folder = mkdtempSync(join(tmpdir(), 'bdc-bench-copy-'))
  const file = join(folder, 'rows')
  writeFileSync(file, rows.map((row) => row.replaceAll('\\', '\\\\')).join('\n'))
  // PostgreSQL is another user.
  chmodSync(folder, 0o755)
  chmodSync(file, 0o644)
  const began = performance.now()
  await operator.query(`COPY public.floor (state) FROM '${file}'`)
  const seconds = secondsSince(began)
  await operator.query('DROP TABLE public.floor')
  rmSync(folder, { recursive: true })
  return seconds
}

/** The same texts into one table of an encrypted SQLite file, in one commit, with the settings of the program. */
export function written(rows: string[]): number {
  const folder = mkdtempSync(join(tmpdir(), 'bdc-bench-floor-'))
  const connection = openConnection(join(folder, 'floor.db'), randomBytes(32))
  connection.exec('CREATE TABLE rows (id INTEGER PRIMARY KEY, state TEXT NOT NULL) STRICT')
  const insert = connection.prepare('INSERT INTO rows (state) VALUES (?)')
  const began = performance.now()
  connection.transaction(() => {
    for (const row of rows) insert.run(row)
  })()
  const seconds = secondsSince(began)
  connection.close()
  rmSync(folder, { recursive: true })
  return seconds
}
