import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One numbered change of the schema: how to make it and how to take it back. */
export interface Step {
  number: number
  /** The name of its files without their ends: `0001-foundation`. */
  name: string
  up: string
  down: string
  /** Of the text of `up`, in hex. */
  sha256: string
}

export interface AppliedStep {
  number: number
  name: string
  sha256: string
}

/** This program and that database do not fit together; nothing was changed. The message tells the user what to do. */
export class MigrationRefused extends Error {
  override name = 'MigrationRefused'
}

/** The database has been through steps that this program does not know. */
export class DatabaseTooNew extends MigrationRefused {
  override name = 'DatabaseTooNew'
}

export function migrationsFolder(dialect: 'sqlite' | 'postgres'): string {
  return join(import.meta.dirname, '../../migrations', dialect)
}

/** The steps of a folder in their order, numbered from 1 without a gap, each with its way up and its way down. */
export function stepsIn(folder: string): Step[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.sql'))
  const names = new Set(files.map((file) => file.replace(/\.(?:up|down)\.sql$/, '')))
  return [...names].sort().map((name, index) => {
    const number = Number(/^\d{4}(?=-[a-z0-9-]+$)/.exec(name)?.[0])
    if (number !== index + 1) throw new Error(`${join(folder, name)} should be step ${index + 1}.`)
    const up = read(join(folder, `${name}.up.sql`))
    return { number, name, up, down: read(join(folder, `${name}.down.sql`)), sha256: sha256(up) }
  })
}

/** A step went wrong. The message says where the data is and what to do; `cause` is what happened. */
export class MigrationFailed extends Error {
  override name = 'MigrationFailed'
}

/** What is left to do for a database that has been through `applied`. */
export function pendingSteps(steps: Step[], applied: AppliedStep[], database: string): Step[] {
  for (const [index, { number, name, sha256 }] of applied.entries()) {
    if (number !== index + 1) throw new MigrationRefused(unrecorded(database))
    const step = steps[index]
    if (!step) {
      throw new DatabaseTooNew(
        `${database} was last used by a newer BDC, which knows the step ${name}: install the newest BDC and start again. Nothing was changed.`,
      )
    }
    if (step.name !== name || step.sha256 !== sha256) {
      throw new MigrationRefused(
        `${database} has been through a step ${name} that differs from the one in this BDC: install BDC again from where you first got it. Nothing was changed.`,
      )
    }
  }
  return steps.slice(applied.length)
}

export function unrecorded(database: string): string {
  return `${database} does not say which updates it has been through: restore it from a backup. Nothing was changed.`
}

/** With the line ends of every other machine, so that a checkout on Windows is the same step. */
function read(path: string): string {
  return readFileSync(path, 'utf8').replaceAll('\r\n', '\n')
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
