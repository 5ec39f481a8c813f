import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createApp } from '../../main/app.ts'
import { keyFile } from '../../main/database/key.ts'
import { keyRing } from '../../main/keys/key-ring.ts'
import { openFolderWithPassphrase, openFolderWithRecoveryCode } from '../../main/keys/openers.ts'
import { leastCost, ordinaryCost, PassphraseCost } from '../../main/keys/passphrase.ts'
import { knownKey } from '../../main/unlock/known-key.ts'
import { quickPasswords, testApp } from '../support/app.ts'
import { password, testCentre, testTrainer } from '../support/centre.ts'
import { temporaryFolder } from '../support/folder.ts'
import { refusalKey } from '../support/refusal.ts'

const madeAt = '2026-03-01T09:00:00.000Z'
const passphrase = 'four words of my own'
const slotsPath = (folder: string) => join(folder, 'bdc.keys')

/** A folder with a key file, as a quick start leaves it. */
async function keyedFolder() {
  const folder = temporaryFolder()
  const databaseKey = randomBytes(32)
  await keyFile(join(folder, 'bdc.key')).save(databaseKey)
  return { folder, databaseKey, ring: keyRing({ dataDir: folder, databaseKey, cost: leastCost }) }
}

async function withPassphrase(use: 'start' | 'backups' = 'start') {
  const keyed = await keyedFolder()
  keyed.ring.add(await keyed.ring.passphraseSlot(passphrase, use, madeAt))
  return keyed
}

describe('the key file', () => {
  it('opens nothing without the slots beside it, and holds no database key', async () => {
    const { folder, databaseKey } = await keyedFolder()
    expect(await keyFile(join(folder, 'bdc.key')).load()).toEqual(databaseKey)
    const alone = temporaryFolder()
    writeFileSync(join(alone, 'bdc.key'), readFileSync(join(folder, 'bdc.key')))
    expect(await keyFile(join(alone, 'bdc.key')).load()).not.toEqual(databaseKey)
    for (const name of readdirSync(folder)) {
      for (const form of ['hex', 'base64', 'base64url'] as const) {
        expect(readFileSync(join(folder, name), 'utf8')).not.toContain(databaseKey.toString(form))
      }
      expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
    }
  })

  it('from before there were slots is taken over at the next start, and its old content opens nothing any more', async () => {
    const dataDir = temporaryFolder()
    const old = randomBytes(32).toString('hex')
    writeFileSync(join(dataDir, 'bdc.key'), `${old}\n`)
    const open = () => createApp({ dataDir, keys: keyFile(join(dataDir, 'bdc.key')), passwords: quickPasswords })
    await (await open()).close()
    expect(readFileSync(join(dataDir, 'bdc.key'), 'utf8')).not.toContain(old)
    await (await open()).close()
    writeFileSync(join(dataDir, 'bdc.key'), `${old}\n`)
    await expect(open()).rejects.toThrow(/The key does not open/)
  })
})

describe('the slots', () => {
  it('name a passphrase that is weaker than the floor as damage', () => {
    expect(PassphraseCost.safeParse(leastCost).success).toBe(true)
    expect(PassphraseCost.safeParse({ ...leastCost, memoryKiB: leastCost.memoryKiB - 1 }).success).toBe(false)
    expect(PassphraseCost.safeParse({ ...leastCost, passes: 1 }).success).toBe(false)
    expect(ordinaryCost.memoryKiB).toBe(256 * 1024)
  })

  it.each<[string, (text: string) => string]>([
    ['half of them is gone', (text) => text.slice(0, text.length / 2)],
    ['one was taken out', (text) => JSON.stringify({ ...JSON.parse(text), slots: [JSON.parse(text).slots[0]] })],
    ['a date was changed', (text) => text.replace(madeAt, '2020-03-01T09:00:00.000Z')],
    ['the mac is another', (text) => JSON.stringify({ ...JSON.parse(text), mac: 'AAAA' })],
  ])('are refused when %s in both files, and read from the other when in one', async (_what, spoil) => {
    const { folder, databaseKey } = await withPassphrase()
    const spoilt = spoil(readFileSync(slotsPath(folder), 'utf8'))
    writeFileSync(slotsPath(folder), spoilt)
    expect(await keyFile(join(folder, 'bdc.key')).load()).toEqual(databaseKey)
    writeFileSync(`${slotsPath(folder)}.second`, spoilt)
    await expect(keyFile(join(folder, 'bdc.key')).load()).rejects.toThrow(/are damaged, or were changed/)
  })

  it('open with the passphrase however its letters are composed, and with no other', async () => {
    const { folder, databaseKey, ring } = await keyedFolder()
    ring.add(await ring.passphraseSlot('caf\u00e9 au lait demain', 'start', madeAt))
    expect((await openFolderWithPassphrase(folder, 'cafe\u0301 au lait demain'))?.databaseKey).toEqual(databaseKey)
    expect(await openFolderWithPassphrase(folder, 'cafe au lait demain')).toBeUndefined()
  })

  it('do not open a computer with a passphrase for backups', async () => {
    const { folder } = await withPassphrase('backups')
    expect(await openFolderWithPassphrase(folder, passphrase)).toBeUndefined()
  })

  it('open with the newest recovery code only, which is in no file', async () => {
    const { folder, databaseKey, ring } = await keyedFolder()
    const first = ring.renewRecoveryCode(madeAt).join('')
    expect((await openFolderWithRecoveryCode(folder, first))?.databaseKey).toEqual(databaseKey)
    const second = ring.renewRecoveryCode(madeAt).join('')
    expect(await openFolderWithRecoveryCode(folder, first)).toBeUndefined()
    expect((await openFolderWithRecoveryCode(folder, second))?.databaseKey).toEqual(databaseKey)
    for (const name of readdirSync(folder)) expect(readFileSync(join(folder, name), 'utf8')).not.toContain(second)
  })

  it('keep the last one, and the last one of a person', async () => {
    const { folder, ring } = await keyedFolder()
    const [file] = ring.slots()
    expect(refusalIn(() => ring.revoke(file?.id ?? ''))).toBe('keys.lastSlot')
    ring.add(await ring.passphraseSlot(passphrase, 'backups', madeAt))
    expect(refusalIn(() => ring.revoke(file?.id ?? ''))).toBe('keys.lastSlot')
    ring.renewRecoveryCode(madeAt)
    const recovery = ring.slots().find(({ kind }) => kind === 'recovery')
    expect(refusalIn(() => ring.revoke(recovery?.id ?? ''))).toBe('keys.lastForPerson')
    expect(refusalIn(() => ring.revoke('0'))).toBe('keys.slotMissing')
    ring.revoke(file?.id ?? '')
    expect(existsSync(join(folder, 'bdc.key'))).toBe(false)
    expect(refusalIn(() => ring.revoke(recovery?.id ?? ''))).toBe('keys.lastSlot')
  })

  it('open with a key file that a power cut left half replaced, whichever half is there', async () => {
    const { folder, databaseKey, ring } = await keyedFolder()
    const before = readFileSync(join(folder, 'bdc.key'))
    const old = ring.slots()
    ring.addKeyFile(madeAt)
    for (const slot of old) ring.add(slot)
    expect(await keyFile(join(folder, 'bdc.key')).load()).toEqual(databaseKey)
    writeFileSync(join(folder, 'bdc.key'), before)
    const keys = keyFile(join(folder, 'bdc.key'))
    expect(await keys.load()).toEqual(databaseKey)
    const app = await createApp({ dataDir: folder, keys, passwords: quickPasswords })
    await app.close()
    expect(ring.slots().map(({ id }) => id)).toEqual(old.map(({ id }) => id))
  })
})

describe('the keys of a computer', () => {
  it('are for administrators, who type their own password', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    const trainer = await testTrainer(app, admin)
    const newPassphrase = { passphrase, use: 'start', insteadOf: null } as const
    expect(await refusalKey(trainer.keys.ofComputer())).toBe('door.forbidden')
    expect(await refusalKey(trainer.keys.renewRecoveryCode({ password }))).toBe('door.forbidden')
    expect(await refusalKey(app.visitor().keys.ofComputer())).toBe('door.signInFirst')
    expect(await refusalKey(admin.keys.setPassphrase({ ...newPassphrase, password: 'no' }))).toBe(
      'identity.wrongPassword',
    )
    expect(await refusalKey(admin.keys.renewRecoveryCode({ password: 'no' }))).toBe('identity.wrongPassword')
    expect(await refusalKey(admin.keys.setPassphrase({ ...newPassphrase, passphrase: 'short', password }))).toBe(
      'door.invalidInput',
    )
    const { slots, hasRecoveryCode } = await admin.keys.ofComputer()
    expect(slots).toMatchObject([{ kind: 'file', staysBecause: 'keys.lastSlot' }])
    expect(hasRecoveryCode).toBe(false)
    expect(await refusalKey(admin.keys.revoke({ id: slots[0]?.id ?? '', password }))).toBe('keys.lastSlot')
  })

  it('change without the database changing, and say when they were used', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    await admin.keys.setPassphrase({ passphrase, use: 'start', insteadOf: null, password })
    const { slots } = await admin.keys.ofComputer()
    const old = slots.find(({ kind }) => kind === 'passphrase')
    const next = 'another four words'
    await admin.keys.setPassphrase({ passphrase: next, use: 'start', insteadOf: old?.id ?? '', password })
    const [file] = slots
    await admin.keys.revoke({ id: file?.id ?? '', password })
    await app.pause()

    expect(existsSync(join(app.dataDir, 'bdc.key'))).toBe(false)
    expect(await openFolderWithPassphrase(app.dataDir, passphrase)).toBeUndefined()
    const opened = await openFolderWithPassphrase(app.dataDir, next)
    if (!opened) throw new Error('The new passphrase opens nothing.')
    const again = await createApp({ dataDir: app.dataDir, keys: knownKey(opened), passwords: quickPasswords })
    const ring = keyRing({ dataDir: app.dataDir, databaseKey: opened.databaseKey })
    expect(ring.slots()).toMatchObject([{ kind: 'passphrase', lastUsedAt: expect.any(String) }])
    await again.close()
  })

  it('let a computer start by itself again', async () => {
    await using app = await testApp()
    const { admin } = await testCentre(app)
    await admin.keys.renewRecoveryCode({ password })
    const [file] = (await admin.keys.ofComputer()).slots
    await admin.keys.revoke({ id: file?.id ?? '', password })
    rmSync(join(app.dataDir, 'bdc.key'), { force: true })
    await admin.keys.startByItself({ password })
    await app.restart()
    expect((await admin.keys.ofComputer()).slots.map(({ kind }) => kind)).toEqual(['recovery', 'file'])
  })
})

function refusalIn(work: () => void): string | undefined {
  try {
    work()
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : undefined
  }
}
