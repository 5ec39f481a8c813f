import { type AppliedStep, MigrationFailed, migrationsFolder, pendingSteps, type Step, stepsIn } from './steps.ts'

/** What this needs of a connected `pg.Client`. It must be one connection, not a pool: lock and transactions belong to it. */
export interface PostgresClient {
  query<R extends object>(text: string, values?: unknown[]): Promise<{ rows: R[] }>
}

export interface PostgresMigrateOptions {
  /** Where the numbered steps are; those of this application unless told. */
  folder?: string
}

/** 'BDC' in ASCII: the advisory lock that the runners of one database take turns by. */
const lock = 0x424443

/**
 * Brings the schema of the centre's database up to date, each step in a transaction of its own, and returns the names of
 * the steps taken. A second runner waits for the first.
 *
 * @throws {MigrationRefused} nothing was changed
 * @throws {MigrationFailed} a step went wrong
 */
export async function migratePostgresUp(
  client: PostgresClient,
  options: PostgresMigrateOptions = {},
): Promise<string[]> {
  return inTurn(client, async () => {
    const steps = stepsIn(options.folder ?? migrationsFolder('postgres'))
    const pending = pendingSteps(steps, await appliedSteps(client), 'The database of the centre')
    for (const step of pending) await inTransaction(client, step, apply)
    return pending.map((step) => step.name)
  })
}

/** Takes the schema back to what it was after step `to`; what later steps hold is lost: back up the database before. */
export async function migratePostgresDown(
  client: PostgresClient,
  to: number,
  options: PostgresMigrateOptions = {},
): Promise<string[]> {
  return inTurn(client, async () => {
    const steps = stepsIn(options.folder ?? migrationsFolder('postgres'))
    const applied = await appliedSteps(client)
    pendingSteps(steps, applied, 'The database of the centre')
    const undone = steps.slice(to, applied.length).reverse()
    for (const step of undone) await inTransaction(client, step, revert)
    return undone.map((step) => step.name)
  })
}

async function inTurn<T>(client: PostgresClient, work: () => Promise<T>): Promise<T> {
  await client.query('SELECT pg_advisory_lock($1)', [lock])
  try {
    return await work()
  } finally {
    await whileConnected(client.query('SELECT pg_advisory_unlock($1)', [lock]))
  }
}

async function inTransaction(
  client: PostgresClient,
  step: Step,
  take: (client: PostgresClient, step: Step) => Promise<void>,
) {
  await client.query('BEGIN')
  try {
    await take(client, step)
    await client.query('COMMIT')
  } catch (cause) {
    await whileConnected(client.query('ROLLBACK'))
    throw new MigrationFailed(
      `The step ${step.name} failed (${String(cause)}) and was taken back; the steps before it are kept. Report this, and run the old version until it is solved.`,
      { cause },
    )
  }
}

/** A lost connection gives back its locks and transactions by itself; the first error is the one to report. */
async function whileConnected(query: Promise<unknown>) {
  await query.catch(() => {})
}

async function appliedSteps(client: PostgresClient): Promise<AppliedStep[]> {
  await client.query(`CREATE TABLE IF NOT EXISTS schema_steps (
  number integer PRIMARY KEY,
  name text NOT NULL,
  sha256 text NOT NULL,
  applied_at timestamptz(3) NOT NULL DEFAULT now()
)`)
  const { rows } = await client.query<AppliedStep>('SELECT number, name, sha256 FROM schema_steps ORDER BY number')
  return rows
}

async function apply(client: PostgresClient, step: Step) {
  await client.query(step.up)
  await client.query('INSERT INTO schema_steps (number, name, sha256) VALUES ($1, $2, $3)', [
    step.number,
    step.name,
    step.sha256,
  ])
}

async function revert(client: PostgresClient, step: Step) {
  await client.query(step.down)
  await client.query('DELETE FROM schema_steps WHERE number = $1', [step.number])
}
