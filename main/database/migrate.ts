import { closeSync, existsSync, openSync } from 'node:fs'
import { type Connection, openConnection } from './open.ts'
import { finishReplacing, replaceDatabase } from './replace.ts'
import { freeBytesOf, makeSafeCopy } from './safe-copy.ts'
import { statementsOf } from './statements.ts'
import {
  type AppliedStep,
  MigrationFailed,
  MigrationRefused,
  migrationsFolder,
  pendingSteps,
  type Step,
  stepsIn,
  unrecorded,
} from './steps.ts'

export interface MigrateOptions {
  /** Where the numbered steps are; those of this application unless told. */
  folder?: string
  now?: () => Date
  /** Bytes that may still be written to the disk of a folder. */
  freeBytes?: (folder: string) => number
  /** Hears of every moment at which the process may die without harm. */
  onPoint?: (point: string) => void
}

interface Run extends Required<MigrateOptions> {
  path: string
  key: Buffer
  connection: Connection
  steps: Step[]
}

/**
 * Brings the schema of the file up to date and returns the open connection. A database that has been used is first
 * copied, and the copy takes its place again when a step fails.
 *
 * @throws {MigrationRefused} nothing was changed
 * @throws {MigrationFailed} a step went wrong
 */
export async function migrateUp(path: string, key: Buffer, options: MigrateOptions = {}): Promise<Connection> {
  const run = begin(path, key, options)
  try {
    if (pending(run).length > 0) {
      alone(run)
      takeSteps(run, pending(run), apply)
      shareAgain(run)
    }
    return run.connection
  } catch (error) {
    run.connection.close()
    throw error
  }
}

/**
 * Takes the schema back to what it was after step `to`. What later steps hold is lost but for the copy made before;
 * below the first step nothing is left, and that copy holds all the data there is.
 */
export async function migrateDown(path: string, key: Buffer, to: number, options: MigrateOptions = {}): Promise<void> {
  const run = begin(path, key, options)
  try {
    alone(run)
    const done = run.steps.length - pending(run).length
    takeSteps(run, run.steps.slice(to, done).reverse(), revert)
  } finally {
    run.connection.close()
  }
}

function begin(path: string, key: Buffer, options: MigrateOptions): Run {
  const settled = {
    folder: migrationsFolder('sqlite'),
    now: () => new Date(),
    freeBytes: freeBytesOf,
    onPoint: () => {},
    ...options,
  }
  const steps = stepsIn(settled.folder)
  finishReplacing(path, settled.onPoint)
  if (!existsSync(path)) closeSync(openSync(path, 'wx', 0o600))
  return { path, key, steps, ...settled, connection: openConnection(path, key) }
}

/** Nobody else may have the file open while it changes, or may have to be put back. */
function alone({ connection, path }: Run) {
  try {
    connection.pragma('locking_mode = EXCLUSIVE')
    connection.exec('BEGIN IMMEDIATE; COMMIT')
  } catch (cause) {
    throw new MigrationRefused(
      `Another BDC has ${path} open: close it, or wait until it is ready, and start again. Nothing was changed.`,
      { cause },
    )
  }
}

function shareAgain({ connection }: Run) {
  connection.pragma('locking_mode = NORMAL')
  connection.prepare('SELECT count(*) FROM sqlite_schema').get()
}

function takeSteps(run: Run, steps: Step[], take: (run: Run, step: Step) => void) {
  const isUsed = appliedSteps(run).length > 0
  const copy = isUsed && steps.length > 0 ? makeSafeCopy(run) : undefined
  for (const step of steps) {
    try {
      take(run, step)
    } catch (cause) {
      run.connection.close()
      const place = copy === undefined ? 'Nothing was stored in it yet.' : returnTo(copy, run)
      throw new MigrationFailed(`BDC could not update ${run.path} (step ${step.name}). ${place}`, { cause })
    }
  }
}

function returnTo(copy: string, { path, onPoint }: Run): string {
  try {
    replaceDatabase(path, copy, onPoint)
    return `Your data is as it was before the update: install the BDC that you used before, and report this. A copy is in ${copy}.`
  } catch (error) {
    return `Your data from before the update is in ${copy}; it could not be put back (${String(error)}). Keep that file, install the BDC that you used before, and report this.`
  }
}

function pending(run: Run): Step[] {
  return pendingSteps(run.steps, appliedSteps(run), run.path)
}

function appliedSteps({ connection, path }: Run): AppliedStep[] {
  const version = connection.pragma('user_version', { simple: true })
  const isRecorded = connection.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'schema_steps'`).get() !== undefined
  const applied = isRecorded
    ? connection.prepare<[], AppliedStep>('SELECT number, name, sha256 FROM schema_steps ORDER BY number').all()
    : []
  if (applied.length !== version) throw new MigrationRefused(unrecorded(path))
  return applied
}

function apply(run: Run, step: Step) {
  inOneCommit(run, step, () => {
    run.connection.exec(`CREATE TABLE IF NOT EXISTS schema_steps (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  applied_at TEXT NOT NULL
) STRICT`)
    runAll(run, step.name, step.up)
    run.connection
      .prepare('INSERT INTO schema_steps (number, name, sha256, applied_at) VALUES (?, ?, ?, ?)')
      .run(step.number, step.name, step.sha256, run.now().toISOString())
    run.connection.pragma(`user_version = ${step.number}`)
  })
}

function revert(run: Run, step: Step) {
  inOneCommit(run, step, () => {
    runAll(run, step.name, step.down)
    run.connection.prepare('DELETE FROM schema_steps WHERE number = ?').run(step.number)
    run.connection.pragma(`user_version = ${step.number - 1}`)
  })
}

function runAll({ connection, onPoint }: Run, name: string, sql: string) {
  for (const [index, statement] of statementsOf(sql).entries()) {
    onPoint(`${name} statement ${index + 1}`)
    connection.exec(statement)
  }
}

/**
 * Foreign keys are off during a step, because dropping a table would otherwise delete the rows that refer to it; they are
 * all checked before the commit instead. The switch works only outside a transaction.
 */
function inOneCommit({ connection, onPoint }: Run, { name }: Step, work: () => void) {
  connection.pragma('foreign_keys = OFF')
  try {
    connection.exec('BEGIN IMMEDIATE')
    work()
    refuseOrphans(connection)
    onPoint(`${name} before commit`)
    connection.exec('COMMIT')
    onPoint(`${name} committed`)
  } finally {
    if (connection.inTransaction) connection.exec('ROLLBACK')
    connection.pragma('foreign_keys = ON')
  }
}

function refuseOrphans(connection: Connection) {
  const orphans = connection.pragma('foreign_key_check') as { table: string; parent: string }[]
  const [first] = orphans
  if (first)
    throw new Error(`${orphans.length} rows, the first of ${first.table}, lose what they refer to in ${first.parent}.`)
}
