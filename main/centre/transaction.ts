import type { PostgresClient } from '../database/migrate-postgres.ts'

/** All of this work, or nothing of it. */
export async function inTransaction<T>(client: PostgresClient, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN')
  try {
    const done = await work()
    await client.query('COMMIT')
    return done
  } catch (error) {
    // Where the connection broke, PostgreSQL takes it back by itself; the first error is the one to report.
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  }
}
