import { rmSync } from 'node:fs'
import { CompiledQuery } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import { noteForgotten } from '../../backup/settings.ts'
import { breather } from '../../breather.ts'
import type { Clock } from '../../clock.ts'
import type { DatabaseFile, Writer } from '../../database/database.ts'
import { registry } from '../../database/registry.ts'
import { safeCopies } from '../../database/safe-copy.ts'
import { forgetDeletedWords } from '../beneficiaries/people-index.ts'
import { tableOfForm } from '../unsaved/forms.ts'
import { theLogAlone, whileRunning } from './running.ts'
import { shredLineOfAbsent } from './shred-log.ts'

/** Lines of the log in one transaction: others write between two of them. */
const linesAtOnce = 20

/**
 * What this machine alone has noted of somebody who left it, and no foreign key leads to: words of the search, forms that were
 * not saved, what lists were searched by, and the values in the lines of its log, once the centre has them. The lines themselves
 * stay and prove themselves. Copies from before updates go, and backups that hold more are told apart. Says whether everything
 * is gone; killed anywhere, the next round or start goes on.
 */
export async function forgetLeft({ database, clock }: { database: DatabaseFile; clock: Clock }): Promise<boolean> {
  if (!hasRemains(database)) return false
  const breathe = breather()
  while (await database.write((db) => shredSome(db, database.auditKey))) await breathe()
  for (const copy of safeCopies(database.path)) rmSync(copy)
  noteForgotten(database.path, clock.now().toISOString())
  return database.write(async (db) => {
    await forgetWords(db)
    await db.executeQuery(CompiledQuery.raw(`UPDATE sync_state SET has_remains = EXISTS (${linesOfAbsent('')})`))
    return !hasRemains(database)
  })
}

function hasRemains({ connection }: Pick<DatabaseFile, 'connection'>): boolean {
  return connection.prepare('SELECT 1 FROM sync_state WHERE has_remains = 1').get() !== undefined
}

/** Forms and filters that name a row which is not here, or may quote one. */
const words = [
  ...Object.entries(tableOfForm).map(
    ([form, table]) => `DELETE FROM unsaved_entries WHERE form GLOB '${form}.[0-9]*'
      AND CAST(substr(form, ${form.length + 2}) AS INTEGER) NOT IN (SELECT id FROM ${table})`,
  ),
  `DELETE FROM unsaved_entries WHERE EXISTS (SELECT 1 FROM json_tree(entry)
    WHERE key = 'beneficiaryId' AND type = 'integer' AND value NOT IN (SELECT id FROM beneficiaries))`,
  `UPDATE kept_filters SET filters = json_remove(filters, '$.search') WHERE filters ->> '$.search' IS NOT NULL`,
]

async function forgetWords(db: Writer) {
  for (const text of words) await db.executeQuery(CompiledQuery.raw(text))
  await forgetDeletedWords(db)
}

/** Lines that travel, about or by people of whom there is no account here. */
function linesOfAbsent(isSent: string): string {
  return `SELECT activity_id AS id, json_group_array(person_id) AS people FROM (
      SELECT activity_id, person_id FROM activity_people WHERE person_id NOT IN (SELECT id FROM users)
      UNION ALL SELECT activity_id, user_id FROM activity_chain WHERE user_id IS NOT NULL AND parts ->> '$[0][0]' IS NOT NULL
    ) JOIN sync_rows ON table_number = ${registry.activity_logs.number} AND id = activity_id ${isSent}
    GROUP BY activity_id`
}

const isSent = 'AND change <= (SELECT max(through_change) FROM sync_outbox WHERE acknowledged_at IS NOT NULL)'

/** Says whether there may be more. The centre keeps the lines as they were: what is taken out here is no edit. */
async function shredSome(db: Writer, key: Buffer): Promise<boolean> {
  const { rows } = await db.executeQuery<{ id: Id; people: string }>(
    CompiledQuery.raw(`${linesOfAbsent(isSent)} LIMIT ${linesAtOnce}`),
  )
  if (rows.length === 0) return false
  await db.executeQuery(CompiledQuery.raw('UPDATE local_site SET applying = 1'))
  await whileRunning(db, theLogAlone, async () => {
    for (const { id, people } of rows) {
      const absent = new Set<Id>(JSON.parse(people))
      await shredLineOfAbsent(db, key, id, absent)
      await db
        .deleteFrom('activity_people')
        .where('activity_id', '=', id)
        .where('person_id', 'in', [...absent])
        .execute()
    }
  })
  await db.executeQuery(CompiledQuery.raw('UPDATE local_site SET applying = 0'))
  return true
}
