import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { migrateDown, migrateUp } from '../../main/database/migrate.ts'
import { type Connection, openConnection } from '../../main/database/open.ts'
import { tableNames } from '../../main/database/registry.ts'
import { finishReplacing } from '../../main/database/replace.ts'
import { safeCopies } from '../../main/database/safe-copy.ts'
import { temporaryFolder } from '../support/folder.ts'
import { inputs, isOrdinaryRun } from '../support/inputs.ts'
import {
  numbered,
  ownSteps,
  type PlantedStep,
  rowsOf,
  schemaOf,
  stepsFolder,
  stepsTaken,
} from '../support/migrations.ts'
import { allowIds, anotherRow, insertEveryRow, insertRow } from '../support/rows.ts'

const child = join(import.meta.dirname, '../support/migrate-until-killed.ts')
const next = ownSteps + 1
const fills: PlantedStep = {
  name: numbered(next, 'nickname'),
  up: `ALTER TABLE users ADD COLUMN nickname TEXT; UPDATE users SET nickname = 'the ' || name; CREATE INDEX n ON users (nickname);`,
  down: 'DROP INDEX n; ALTER TABLE users DROP COLUMN nickname;',
}
const fails: PlantedStep = { name: numbered(next + 1, 'fails'), up: 'DELETE FROM responses; SELECT * FROM nowhere;' }

const key = randomBytes(32)
const keyText = key.toString('hex')

/** A folder with a used database at the given step. */
async function start(step: number): Promise<{ origin: string; before: Record<string, unknown[]> }> {
  const origin = join(temporaryFolder(), 'origin')
  mkdirSync(origin)
  const path = join(origin, 'bdc.db')
  const connection = await migrateUp(path, key)
  allowIds(connection)
  insertEveryRow(connection)
  connection.close()
  await migrateDown(path, key, step)
  for (const copy of safeCopies(path)) rmSync(copy)
  return { origin, before: look(path, personRows) }
}

function look<T>(path: string, at: (connection: Connection) => T): T {
  const connection = openConnection(path, key)
  try {
    return at(connection)
  } finally {
    connection.close()
  }
}

/** The rows of the tables that every step leaves alone. */
function personRows(connection: Connection) {
  return rowsOf(
    connection,
    tableNames.filter((table) => table !== 'users'),
  )
}

/** Every moment that the runner passes. */
async function pointsOf(origin: string, folder: string, direction: string): Promise<string[]> {
  const path = join(copyOf(origin), 'bdc.db')
  const points: string[] = []
  const options = {
    folder,
    onPoint(point: string) {
      points.push(point)
    },
  }
  const run = direction === 'up' ? migrateUp(path, key, options) : migrateDown(path, key, Number(direction), options)
  const migrated = await run.catch(() => undefined)
  if (migrated) migrated.close()
  return points
}

function copyOf(origin: string): string {
  const copy = join(temporaryFolder(), 'copy')
  cpSync(origin, copy, { recursive: true })
  return copy
}

function killAt(point: number, path: string, folder: string, direction: string) {
  const { signal, stderr } = spawnSync(process.execPath, [child, path, keyText, folder, direction, String(point)])
  expect({ signal, stderr: String(stderr) }).toEqual({ signal: 'SIGKILL', stderr: '' })
}

async function migrateAgain(path: string, folder: string, direction = 'up') {
  if (direction !== 'up') return migrateDown(path, key, Number(direction), { folder })
  const connection = await migrateUp(path, key, { folder })
  connection.close()
}

interface State {
  taken: number
  schema: unknown[]
  integrity: unknown
  rows: Record<string, unknown[]>
}

function stateOf(connection: Connection): State {
  return {
    taken: stepsTaken(connection),
    schema: schemaOf(connection),
    integrity: connection.pragma('integrity_check', { simple: true }),
    rows: personRows(connection),
  }
}

/** The schema after each number of steps, as an undisturbed machine has it. */
async function boundaries(origin: string, folder: string, direction: string) {
  const path = join(copyOf(origin), 'bdc.db')
  const schemas = new Map([[look(path, stepsTaken), look(path, schemaOf)]])
  const all = Array.from({ length: next }, (_, index) => (direction === 'up' ? index + 1 : next - 1 - index))
  for (const to of all) {
    const current = look(path, stepsTaken)
    if (direction === 'up' ? to <= current : to >= current || to < Number(direction)) continue
    if (direction === 'up') await upTo(path, folder, to)
    else await migrateDown(path, key, to, { folder })
    schemas.set(to, look(path, schemaOf))
  }
  return schemas
}

async function upTo(path: string, folder: string, to: number) {
  const part = join(temporaryFolder(), 'steps')
  cpSync(folder, part, { recursive: true })
  for (const file of readdirSync(part)) if (Number(file.slice(0, 4)) > to) rmSync(join(part, file))
  await migrateAgain(path, part)
}

/** Between two statements of one open transaction nothing is on the disk yet: every tenth stands for the others, but in a long run. */
function isAmongAlike(point: string): boolean {
  return isOrdinaryRun && /statement \d*[1-9]$/.test(point)
}

describe('a process that is killed', () => {
  it.each([
    ['at any point of a migration up', 1, 'up'],
    ['at any point of a migration up from nothing', 0, 'up'],
    ['at any point of a migration down', ownSteps, '1'],
  ])(
    '%s leaves a whole step and all data, and the next start finishes',
    async (_, from, direction) => {
      const { origin, before } = await start(from)
      const folder = stepsFolder(join(temporaryFolder(), 'steps'), direction === 'up' ? [fills] : [])
      const points = await pointsOf(origin, folder, direction)
      const schemas = await boundaries(origin, folder, direction)
      const end = direction === 'up' ? next : Number(direction)
      expect(points.length).toBeGreaterThan(40)

      const seen = new Set<number>()
      for (const [index, point] of points.entries()) {
        if (isAmongAlike(point)) continue
        const path = join(copyOf(origin), 'bdc.db')
        killAt(index + 1, path, folder, direction)
        const left = look(path, stateOf)
        seen.add(left.taken)
        expect({ point, ...left }).toEqual({ point, ...left, integrity: 'ok', schema: schemas.get(left.taken) })
        if (from > 0) expect(left.rows).toEqual(before)

        await migrateAgain(path, folder, direction)
        const finished = look(path, stateOf)
        expect({ point, ...finished }).toEqual({ point, ...finished, taken: end, schema: schemas.get(end) })
        if (from > 0) expect(finished.rows).toEqual(before)
        expect(readdirSync(join(path, '..')).filter((file) => file.endsWith('.part'))).toEqual([])
        rmSync(join(path, '..'), { recursive: true })
      }
      expect([...seen].sort()).toEqual([...schemas.keys()].sort())
    },
    inputs(240_000),
  )

  it('while a failed update is taken back loses nothing, and the next start goes on', async () => {
    const { origin, before } = await start(ownSteps)
    const folder = stepsFolder(join(temporaryFolder(), 'steps'), [fills, fails])
    const mended = stepsFolder(join(temporaryFolder(), 'mended'), [fills])
    const points = await pointsOf(origin, folder, 'up')
    const returning = points.flatMap((point, index) => (point.startsWith('return') ? [index] : []))
    expect(returning.map((index) => points[index])).toEqual([
      'return written',
      'return decided',
      'return without log',
      'return renamed',
    ])

    for (const index of returning) {
      const path = join(copyOf(origin), 'bdc.db')
      killAt(index + 1, path, folder, 'up')
      finishReplacing(path)
      expect(look(path, personRows)).toEqual(before)
      expect(look(path, stepsTaken)).toBe(points[index] === 'return written' ? next : ownSteps)
      await migrateAgain(path, mended)
      expect(look(path, personRows)).toEqual(before)
    }
  }, 60_000)

  it('in the middle of writing the copy leaves the database alone, and the next start makes another', async () => {
    const { origin, before } = await start(ownSteps)
    const path = join(origin, 'bdc.db')
    look(path, (connection) => {
      connection.exec('BEGIN')
      for (let id = 2; id < 1_000; id += 1)
        insertRow(connection, 'messages', anotherRow('messages', id, { content: 'x'.repeat(50_000) }))
      connection.exec('COMMIT')
    })
    const folder = stepsFolder(join(temporaryFolder(), 'steps'), [fills])
    const runner = spawn(process.execPath, [child, path, keyText, folder, 'up', '0'], { stdio: 'inherit' })
    const ended = new Promise((resolve) => runner.once('exit', (_, signal) => resolve(signal)))
    while (!readdirSync(origin).some((file) => file.endsWith('.part'))) await setTimeout(2)
    await setTimeout(30)
    runner.kill('SIGKILL')
    expect(await ended).toBe('SIGKILL')

    expect(readdirSync(origin).filter((file) => file.endsWith('.copy.part'))).toHaveLength(1)
    expect(safeCopies(path)).toEqual([])
    expect(look(path, stepsTaken)).toBe(ownSteps)
    await migrateAgain(path, folder)
    expect(readdirSync(origin).filter((file) => file.endsWith('.part'))).toEqual([])
    expect(safeCopies(path).every((copy) => existsSync(copy))).toBe(true)
    expect(safeCopies(path)).toHaveLength(1)
    expect(look(path, (c) => c.prepare('SELECT count(*) FROM messages').pluck().get())).toBe(999)
    expect(look(path, personRows)).toMatchObject({ responses: before.responses, attempts: before.attempts })
  }, 60_000)
})
