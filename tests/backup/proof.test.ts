import { appendFileSync, cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { lostAnchors } from '../../main/backup/anchors.ts'
import { makeBackup } from '../../main/backup/make.ts'
import {
  backupKey,
  dataFile,
  type Manifest,
  manifestFile,
  readManifest,
  sha256Of,
  signedManifest,
} from '../../main/backup/manifest.ts'
import { checkBackup, prepareRestore } from '../../main/backup/restore.ts'
import { openDatabase } from '../../main/database/database.ts'
import { keyFile } from '../../main/database/key.ts'
import { openConnection, openCopy } from '../../main/database/open.ts'
import { chainsOf } from '../../main/domains/activity/queries.ts'
import { compareAnchor, verifyChain } from '../../main/domains/activity/verify.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { password, testCentre } from '../support/centre.ts'
import { temporaryFolder } from '../support/folder.ts'

async function keyOf(app: TestApp) {
  const key = await keyFile(join(app.dataDir, 'bdc.key')).load()
  if (!key) throw new Error('There is no key.')
  return key
}

/** A centre with some lines in its log, and a backup of it. */
async function backedUp(app: TestApp) {
  const { admin, email } = await testCentre(app)
  for (const name of ['Ana', 'Ben']) await admin.beneficiaries.create({ name })
  const databaseKey = await keyOf(app)
  const folder = temporaryFolder()
  const job = { databasePath: join(app.dataDir, 'bdc.db'), databaseKey, madeAt: '2026-03-01T09:00:00.000Z' }
  const name = makeBackup({ ...job, folder, reason: 'asked', app: '1', slots: [] })
  return { admin, email, databaseKey, backup: join(folder, name) }
}

/** Puts another list beside the data, with the MAC of whoever has the key. */
function listAnew(backup: string, databaseKey: Buffer, change: Partial<Manifest>) {
  const { mac: _, ...body } = { ...readManifest(backup), ...change }
  writeFileSync(manifestFile(backup), JSON.stringify(signedManifest(body, databaseKey)))
}

describe('the list of a backup', { timeout: 60_000 }, () => {
  it('is not believed about data with one byte more, which no check of the database sees', async () => {
    await using app = await testApp()
    const { databaseKey, backup } = await backedUp(app)
    const { salt } = readManifest(backup)
    appendFileSync(dataFile(backup), '\0')
    const copy = openCopy(dataFile(backup), backupKey(databaseKey, salt))
    expect(copy.connection.pragma('integrity_check', { simple: true })).toBe('ok')
    copy.close()
    expect(() => checkBackup(backup, databaseKey)).toThrow(/is not what was written/)
  })

  it('is not believed with the digest of other data, whoever sealed it', async () => {
    await using app = await testApp()
    const { databaseKey, backup } = await backedUp(app)
    expect(readManifest(backup).sha256).toBe(sha256Of(dataFile(backup)))
    listAnew(backup, databaseKey, { sha256: '0'.repeat(64) })
    expect(() => checkBackup(backup, databaseKey)).toThrow(/is not what was written/)
  })

  it('is not believed when the activity log does not end where it says, before anything is put in its place', async () => {
    await using app = await testApp()
    const { databaseKey, backup } = await backedUp(app)
    const { anchors } = readManifest(backup)
    expect(anchors.length).toBeGreaterThan(0)
    const [first, ...others] = anchors
    if (!first) throw new Error('There is no anchor.')
    const to = { from: backup, fromKey: databaseKey, toKey: databaseKey, restoredAt: '2026-03-02T09:00:00.000Z' }
    for (const wrong of [
      [{ ...first, count: first.count + 1 }, ...others],
      [{ ...first, mac: '0'.repeat(64) }, ...others],
      others,
      [...anchors, { chain: 77, count: 1, mac: first.mac }],
    ]) {
      listAnew(backup, databaseKey, { anchors: wrong })
      expect(() => checkBackup(backup, databaseKey)).toThrow(/activity log .* does not end where its list says/)
      const databasePath = join(temporaryFolder(), 'bdc.db')
      expect(() => prepareRestore({ ...to, databasePath })).toThrow(/does not end where its list says/)
    }
    listAnew(backup, databaseKey, { anchors })
    checkBackup(backup, databaseKey)
  })

  it('tells later whether the log has lost lines since, and is content with lines that were added', async () => {
    await using app = await testApp()
    const { admin, databaseKey, backup } = await backedUp(app)
    const { anchors } = readManifest(backup)
    await admin.beneficiaries.create({ name: 'After' })
    const connection = openConnection(join(app.dataDir, 'bdc.db'), databaseKey)
    expect(lostAnchors(connection, anchors)).toEqual([])
    const chain = anchors.at(-1)?.chain
    connection.exec('BEGIN; DROP TRIGGER activity_chain_kept')
    connection.exec(`DELETE FROM activity_chain WHERE chain = ${chain} AND sequence >= ${anchors.at(-1)?.count}`)
    expect(lostAnchors(connection, anchors)).toEqual([chain])
    connection.exec('ROLLBACK; ')
    connection.close()
  })
})

describe('the activity log of one computer', { timeout: 60_000 }, () => {
  it('verifies to its last line on another one, under another key, and goes on there', async () => {
    await using here = await testApp()
    const { databaseKey, backup, email } = await backedUp(here)
    const { anchors } = readManifest(backup)
    const lines = anchors.reduce((sum, { count }) => sum + count, 0)

    await using there = await testApp()
    const { admin } = await testCentre(there, 'There')
    await there.pause()
    const toKey = await keyOf(there)
    expect(toKey.equals(databaseKey)).toBe(false)
    const databasePath = join(there.dataDir, 'bdc.db')
    prepareRestore({ from: backup, fromKey: databaseKey, databasePath, toKey, restoredAt: '2026-03-02T09:00:00.000Z' })
    cpSync(`${databasePath}.return.part`, databasePath)
    await there.resume()
    await admin.identity.signIn({ email, password })
    await admin.beneficiaries.create({ name: 'Written there' })
    await there.pause()

    const database = await openDatabase(databasePath, keyFile(join(there.dataDir, 'bdc.key')))
    try {
      let verified = 0
      for (const chain of await chainsOf(database.reader)) {
        const verdict = await verifyChain(database.reader, database.auditKey, chain)
        expect({ chain, problem: verdict.problem }).toEqual({ chain, problem: null })
        verified += verdict.lines
      }
      expect(verified).toBeGreaterThan(lines)
      for (const anchor of anchors) expect(await compareAnchor(database.reader, anchor)).toBeNull()
    } finally {
      await database.close()
    }
  })

  it('has a key that nobody changes or takes away, and that stands readably in no file', async () => {
    await using app = await testApp()
    const { databaseKey, backup } = await backedUp(app)
    const connection = openConnection(join(app.dataDir, 'bdc.db'), databaseKey)
    const auditKey = String(connection.prepare('SELECT key FROM activity_key').pluck().get())
    expect(auditKey).toMatch(/^[0-9a-f]{64}$/)
    for (const sql of ['UPDATE activity_key SET key = key', 'DELETE FROM activity_key']) {
      expect(() => connection.exec(sql)).toThrow(/stays as it is/)
    }
    expect(() => connection.exec('INSERT INTO activity_key VALUES (2, lower(hex(randomblob(32))))')).toThrow(/CHECK/)
    connection.close()
    for (const file of [dataFile(backup), manifestFile(backup), join(app.dataDir, 'bdc.db')]) {
      expect(readFileSync(file).includes(auditKey)).toBe(false)
    }
  })
})
