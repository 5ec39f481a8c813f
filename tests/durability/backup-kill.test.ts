import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { cpSync, existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { makeBackup } from '../../main/backup/make.ts'
import { checkBackup } from '../../main/backup/restore.ts'
import { migrateUp } from '../../main/database/migrate.ts'
import { openConnection } from '../../main/database/open.ts'
import { finishReplacing } from '../../main/database/replace.ts'
import { temporaryFolder } from '../support/folder.ts'

const child = join(import.meta.dirname, '../support/back-up-until-killed.ts')
const kills = Number(process.env.BDC_KILLS ?? 8)
const key = randomBytes(32)

/** A database whose newest row is only in its log, as after a crash, and a backup from before that row. */
async function crashedDatabase() {
  const folder = temporaryFolder()
  const path = join(folder, 'bdc.db')
  const connection = await migrateUp(path, key)
  connection.exec('CREATE TABLE life (name TEXT); CREATE TABLE filling (text TEXT)')
  connection.exec(`INSERT INTO life VALUES ('backed up')`)
  const fill = connection.prepare('INSERT INTO filling VALUES (hex(randomblob(1000)))')
  connection.transaction(() => Array.from({ length: 1500 }, () => fill.run()))()
  const madeAt = '2026-02-01T09:00:00.000Z'
  const job = { databasePath: path, databaseKey: key, madeAt, app: '1', slots: [] }
  const name = makeBackup({ ...job, reason: 'asked', folder: join(folder, 'backups') })
  connection.pragma('wal_checkpoint(TRUNCATE)')
  connection.exec(`UPDATE life SET name = 'present'`)
  const crashed = temporaryFolder()
  for (const file of ['bdc.db', 'bdc.db-wal']) cpSync(join(folder, file), join(crashed, file))
  cpSync(join(folder, 'backups'), join(crashed, 'backups'), { recursive: true })
  connection.close()
  return { folder: crashed, name }
}

/** The same again, for every try. */
function copyOf(folder: string) {
  const copy = temporaryFolder()
  cpSync(folder, copy, { recursive: true })
  return copy
}

function lifeIn(path: string): string {
  const connection = openConnection(path, key)
  try {
    expect(connection.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(connection.prepare('SELECT count(*) FROM filling').pluck().get()).toBe(1500)
    return String(connection.prepare('SELECT name FROM life').pluck().get())
  } finally {
    connection.close()
  }
}

const argumentsFor = (folder: string, name: string) => [
  child,
  'restore',
  join(folder, 'bdc.db'),
  key.toString('hex'),
  join(folder, 'backups', name),
]

/** What the next start opens. Nothing is lost: the backup is in place only with the present data beside it. */
function opensOneOfTheTwo(folder: string): string {
  finishReplacing(join(folder, 'bdc.db'))
  const life = lifeIn(join(folder, 'bdc.db'))
  expect(['present', 'backed up']).toContain(life)
  if (life === 'backed up') expect(lifeIn(join(folder, 'bdc.db.aside'))).toBe('present')
  expect(readdirSync(folder).filter((file) => file.includes('.return'))).toEqual([])
  return life
}

it('opens the old or the restored data, wherever the restore is killed', { timeout: 120_000 }, async () => {
  const { folder, name } = await crashedDatabase()
  const whole = copyOf(folder)
  const { stdout } = spawnSync(process.execPath, argumentsFor(whole, name), { encoding: 'utf8' })
  const points = Number(stdout.trim().split('\n').at(-1))
  expect(points).toBeGreaterThan(9)
  expect(opensOneOfTheTwo(whole)).toBe('backed up')

  const lives = new Set<string>()
  for (let killAt = 1; killAt <= points; killAt += 1) {
    const tried = copyOf(folder)
    const { signal } = spawnSync(process.execPath, [...argumentsFor(tried, name), String(killAt)])
    expect(signal).toBe('SIGKILL')
    lives.add(opensOneOfTheTwo(tried))
  }
  expect([...lives].sort()).toEqual(['backed up', 'present'])
})

/** Kills the child some random milliseconds after it has begun. */
async function killedAtRandom(args: string[]) {
  const running = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise((resolve) => running.once('exit', resolve))
  await new Promise((resolve) => running.stdout.once('data', resolve))
  await pause(Math.random() * 400)
  running.kill('SIGKILL')
  await ended
}

it(`opens one of the two after ${kills} kills at random`, { timeout: 60_000 + kills * 10_000 }, async () => {
  const { folder, name } = await crashedDatabase()
  for (let kill = 0; kill < kills; kill += 1) {
    const tried = copyOf(folder)
    await killedAtRandom(argumentsFor(tried, name))
    expect(['present', 'backed up']).toContain(opensOneOfTheTwo(tried))
  }
})

it(`leaves a complete backup or none after ${kills} kills at random`, {
  timeout: 60_000 + kills * 10_000,
}, async () => {
  const { folder } = await crashedDatabase()
  const target = join(folder, 'others')
  for (let kill = 0; kill < kills; kill += 1) {
    await killedAtRandom([child, 'make', join(folder, 'bdc.db'), key.toString('hex'), target])
    const named = existsSync(target) ? readdirSync(target).filter((name) => !name.endsWith('.part')) : []
    for (const name of named) expect(() => checkBackup(join(target, name), key)).not.toThrow()
  }
  expect(lifeIn(join(folder, 'bdc.db'))).toBe('present')
})
