import { cpSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Backups, backupsOf } from '../../main/backup/backups.ts'
import { goneBy, superfluous } from '../../main/backup/keep.ts'
import { manifestFile, readManifest, signedManifest } from '../../main/backup/manifest.ts'
import { lookOnce, startSchedule } from '../../main/backup/schedule.ts'
import { changeSettings, readSettings } from '../../main/backup/settings.ts'
import { keyFile } from '../../main/database/key.ts'
import { testApp } from '../support/app.ts'
import { testCentre } from '../support/centre.ts'
import { type TestClock, testClock } from '../support/clock.ts'

const hour = 3_600_000
const day = 24 * hour

interface Stage extends AsyncDisposable {
  backups: Backups
  dataDir: string
  databaseKey: Buffer
  clock: TestClock
  look: () => Promise<void>
  /** As often as somebody is erased in the database. */
  erase: () => void
}

/** The backups of a centre, on a clock of its own. */
async function stage(): Promise<Stage> {
  const clock = testClock()
  const app = await testApp({ clock })
  await testCentre(app)
  const { dataDir } = app
  const databaseKey = await keyFile(join(dataDir, 'bdc.key')).load()
  if (!databaseKey) throw new Error('There is no key.')
  const databasePath = join(dataDir, 'bdc.db')
  let erased = 0
  const orders = () => erased
  const backups = backupsOf({ dataDir, databasePath, databaseKey, clock, app: '1', slots: () => [], orders })
  return {
    backups,
    dataDir,
    databaseKey,
    clock,
    look: () => lookOnce({ backups, dataDir, clock }),
    erase: () => void (erased += 1),
    async [Symbol.asyncDispose]() {
      await backups.close()
      await app[Symbol.asyncDispose]()
    },
  }
}

const timesOf = ({ backups }: Stage) => backups.ownBackups().map(({ madeAt }) => madeAt)

describe('the schedule of backups', { timeout: 60_000 }, () => {
  it('makes one at once, none again within a day, and the next when the day is over', async () => {
    await using now = await stage()
    await now.look()
    expect(timesOf(now)).toEqual(['2026-03-01T09:00:00.000Z'])
    expect(now.backups.ownBackups()[0]).toMatchObject({ reason: 'automatic' })
    now.clock.pass(day - 60_000)
    await now.look()
    expect(timesOf(now)).toHaveLength(1)
    now.clock.pass(60_000)
    await now.look()
    expect(timesOf(now)).toEqual(['2026-03-02T09:00:00.000Z', '2026-03-01T09:00:00.000Z'])
  })

  it('makes one each hour, or none, as an administrator has chosen', async () => {
    await using now = await stage()
    changeSettings(now.dataDir, { every: 'never' })
    await now.look()
    now.clock.pass(365 * day)
    await now.look()
    expect(timesOf(now)).toEqual([])
    changeSettings(now.dataDir, { every: 'hour' })
    await now.look()
    now.clock.pass(hour)
    await now.look()
    expect(timesOf(now)).toHaveLength(2)
  })

  it('is not kept waiting for months by a clock that was set back', async () => {
    await using now = await stage()
    await now.look()
    now.clock.setWall('2025-11-01T09:00:00.000Z')
    await now.look()
    expect(timesOf(now)).toContain('2025-11-01T09:00:00.000Z')
  })

  it('brings a backup back for a test each week, and not before', async () => {
    await using now = await stage()
    await now.look()
    const { lastTest } = readSettings(now.dataDir)
    expect(lastTest).toMatchObject({ at: '2026-03-01T09:00:00.000Z', isGood: true })
    now.clock.pass(6 * day)
    await now.look()
    expect(readSettings(now.dataDir).lastTest).toEqual(lastTest)
    now.clock.pass(day)
    await now.look()
    expect(readSettings(now.dataDir).lastTest).toMatchObject({ at: '2026-03-08T09:00:00.000Z', isGood: true })
  })

  it('names a backup that does not come back, and says so where the state is shown', async () => {
    await using now = await stage()
    await now.look()
    const [newest] = now.backups.ownBackups()
    if (!newest) throw new Error('There is no backup.')
    const path = join(newest.folder, newest.name, 'data.db')
    const bytes = readFileSync(path)
    bytes.writeUInt8(bytes.readUInt8(5000) ^ 1, 5000)
    writeFileSync(path, bytes)
    changeSettings(now.dataDir, { every: 'never' })
    now.clock.pass(7 * day)
    await now.look()
    expect(now.backups.state()).toMatchObject({ lastTest: { isGood: false, name: newest.name } })
  })

  it('keeps of sixty days what the rules keep, and what somebody asked for', async () => {
    await using now = await stage()
    const { name, folder } = await now.backups.make('asked')
    const first = readManifest(join(folder, name))
    for (let age = 60; age >= 1; age -= 1) {
      const madeAt = new Date(Date.parse(first.madeAt) - age * day).toISOString()
      const copy = join(folder, `bdc-backup-${madeAt.replaceAll(/[-:.]/g, '')}`)
      cpSync(join(folder, name), copy, { recursive: true })
      const { mac: _, ...body } = first
      const reason = age === 60 ? 'asked' : 'automatic'
      const manifest = signedManifest({ ...body, madeAt, reason }, now.databaseKey)
      writeFileSync(manifestFile(copy), JSON.stringify(manifest))
    }
    now.clock.pass(day)
    const before = now.backups.ownBackups()
    expect(before).toHaveLength(61)
    await now.look()
    const kept = now.backups.ownBackups()
    expect(kept.length).toBeLessThan(40)
    expect(kept.filter(({ reason }) => reason === 'asked')).toHaveLength(2)
    expect(superfluous(kept)).toEqual([])
    expect(Date.parse(kept[0]?.madeAt ?? '')).toBe(now.clock.now().getTime())
  })

  it('says by when those are gone that hold somebody who was erased since', async () => {
    await using now = await stage()
    await now.look()
    expect(now.backups.state().forgottenUntil).toBeNull()
    now.erase()
    const [{ madeAt } = { madeAt: '' }] = now.backups.ownBackups()
    expect(now.backups.state().forgottenUntil).toBe(goneBy(madeAt))
    changeSettings(now.dataDir, { every: 'never' })
    expect(now.backups.state().forgottenUntil).toBeNull()
  })

  it('says what kept a backup from being made, and stops saying so once one is made', async () => {
    await using now = await stage()
    const folder = join(now.dataDir, 'backups')
    writeFileSync(folder, 'in the way')
    await now.look()
    expect(now.backups.state().lastFailure).toMatchObject({
      at: '2026-03-01T09:00:00.000Z',
      reason: expect.stringMatching(/EEXIST|ENOTDIR/),
    })
    rmSync(folder)
    await now.look()
    expect(now.backups.state().lastFailure).toBeNull()
    expect(timesOf(now)).toHaveLength(1)
  })

  it('leaves alone what is under way', async () => {
    await using now = await stage()
    const asked = now.backups.make('asked')
    await now.look()
    await asked
    expect(now.backups.ownBackups().map(({ reason }) => reason)).toEqual(['asked'])
  })
})

describe('the first look', { timeout: 60_000 }, () => {
  afterEach(() => vi.useRealTimers())

  it('comes five minutes after the start, and none after the end', async () => {
    await using now = await stage()
    const { backups, dataDir, clock } = now
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    startSchedule({ backups, dataDir, clock })()
    vi.advanceTimersByTime(2 * 24 * hour)
    expect(backups.isBusy()).toBe(false)
    const stop = startSchedule({ backups, dataDir, clock })
    vi.advanceTimersByTime(5 * 60_000 - 1)
    expect(backups.isBusy()).toBe(false)
    vi.advanceTimersByTime(1)
    expect(backups.isBusy()).toBe(true)
    stop()
    vi.useRealTimers()
    await expect.poll(() => backups.isBusy(), { timeout: 30_000 }).toBe(false)
  })
})

describe('work that somebody stops', { timeout: 60_000 }, () => {
  it.each(['test', 'prepareRestore'] as const)(
    'is called stopped and says nothing against the backup: %s',
    async (what) => {
      await using now = await stage()
      const named = await now.backups.make('asked')
      const running = what === 'test' ? now.backups.test(named) : now.backups.prepareRestore(named, null)
      const ended = running.catch((error: unknown) => error)
      await expect.poll(() => now.backups.isBusy(), { interval: 1 }).toBe(true)
      now.backups.cancel()
      expect(await ended).toMatchObject({ key: 'backups.cancelled' })
      expect(now.backups.state().lastTest).toBeNull()
      expect(statSync(join(now.dataDir, 'bdc.db.return'), { throwIfNoEntry: false })).toBeUndefined()
    },
  )

  it('is refused on a full disk with how much is missing', async () => {
    await using now = await stage()
    const named = await now.backups.make('asked')
    const backup = join(named.folder, named.name)
    const { mac: _, ...body } = readManifest(backup)
    writeFileSync(manifestFile(backup), JSON.stringify(signedManifest({ ...body, bytes: 8e14 }, now.databaseKey)))
    for (const refused of [() => now.backups.test(named), () => now.backups.prepareRestore(named, null)]) {
      await expect(refused()).rejects.toMatchObject({
        key: 'backups.diskFull',
        params: { megabytes: expect.any(Number) },
      })
    }
    expect(now.backups.state().lastTest).toBeNull()
  })
})
