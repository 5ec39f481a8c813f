import { inOneWrite, type Replica } from './replica.ts'

/**
 * The centre was updated and takes rows of tables that it did not know when they came from here: they are sealed once more, and
 * with them what hung on them and was not taken either. Says whether there were any.
 */
export function offerLearned(replica: Replica, tables: readonly number[] = []): boolean {
  const { prepared } = replica
  const isLearned = prepared(
    `SELECT 1 FROM sync_refused WHERE reason = 'unknownTable' AND table_number IN (SELECT value FROM json_each(?)) LIMIT 1`,
  )
  if (!isLearned.get(JSON.stringify(tables))) return false
  inOneWrite(replica, () => {
    const refused = `FROM sync_refused WHERE column_name IS NULL AND reason IN ('unknownTable', 'parentMissing')`
    prepared('UPDATE sync_state SET change = change + 1, within = 0').run()
    prepared(
      `UPDATE sync_rows SET change = (SELECT change FROM sync_state) WHERE (table_number, id) IN (SELECT table_number, id ${refused})`,
    ).run()
    prepared(`DELETE ${refused}`).run()
  })
  return true
}
