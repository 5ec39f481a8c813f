import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { keyFile, loadOrMakeKey } from '../../../main/database/key.ts'
import { keyPlace } from '../../../main/hosts/electron/key-place.ts'
import { keyRing } from '../../../main/keys/key-ring.ts'
import { electronDouble, type KeychainState } from './double.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bdc-key-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const gnome = (): KeychainState => ({ backend: 'gnome_libsecret', isAvailable: true, secret: 1 })

async function keysWith(keychain: KeychainState, platform: NodeJS.Platform = 'linux') {
  return keyPlace(electronDouble({ keychain, isPackaged: true }).electron, folder, platform)
}
const start = async (keychain: KeychainState) => loadOrMakeKey(await keysWith(keychain), join(folder, 'bdc.db'))
const slotsText = () => readFileSync(join(folder, 'bdc.keys'), 'utf8')
const keyFiles = ['bdc.key', 'bdc.keys', 'bdc.keys.second']
const databaseExists = () => writeFileSync(join(folder, 'bdc.db'), 'a database')

describe('item 23: the key of the data', () => {
  it('makes no new key for a database whose key is gone', async () => {
    databaseExists()
    await expect(start(gnome())).rejects.toThrow(/its key is not/)
    expect(readdirSync(folder)).toEqual(['bdc.db'])
  })

  it('says which keychain is wanted and which is there when it cannot be opened, and changes nothing', async () => {
    await start(gnome())
    databaseExists()
    const sealed = slotsText()

    await expect(start({ backend: 'kwallet6', isAvailable: true, secret: 2 })).rejects.toThrow(
      /sealed by the keychain of this computer \(gnome_libsecret\), and this session offers kwallet6/,
    )
    await expect(start({ backend: 'basic_text', isAvailable: true, secret: 3 })).rejects.toThrow(/offers no keychain/)
    await expect(start({ backend: 'unknown', isAvailable: false, secret: 1 })).rejects.toThrow(/offers no keychain/)
    expect(slotsText()).toBe(sealed)
    expect(existsSync(join(folder, 'bdc.key'))).toBe(false)
  })

  it.each(['', '{', '{"keychain":"gnome_libsecret"}', '{"keychain":"gnome_libsecret","sealed":"%"}'])(
    'says that the sealed key is damaged when its file holds %j, and makes no other',
    async (text) => {
      writeFileSync(join(folder, 'bdc.key.sealed'), text)
      await expect(start(gnome())).rejects.toThrow(/key\.sealed is damaged/)
      expect(readdirSync(folder)).toEqual(['bdc.key.sealed'])
    },
  )

  it('does not trust a keychain that gives back something else', async () => {
    const { electron } = electronDouble({ keychain: gnome(), isPackaged: true })
    electron.safeStorage.decryptStringAsync = async () => ({ result: 'another', shouldReEncrypt: false })
    const keys = await keyPlace(electron, folder, 'linux')
    await expect(keys.save(randomBytes(32))).rejects.toThrow(/does not give back/)
    expect(readdirSync(folder)).toEqual([])
  })

  it.each<[string, KeychainState]>([
    ['basic_text', { backend: 'basic_text', isAvailable: true, secret: 1 }],
    ['unknown', { backend: 'unknown', isAvailable: true, secret: 1 }],
    ['missing', { backend: 'gnome_libsecret', isAvailable: false, secret: 1 }],
  ])(
    'does not call a keychain that is %s one, and keeps the key in a file for its owner only',
    async (_case, keychain) => {
      const key = await start(keychain)
      expect(readdirSync(folder).sort()).toEqual(keyFiles)
      expect(statSync(join(folder, 'bdc.key')).mode & 0o777).toBe(0o600)
      expect(await start(keychain)).toEqual(key)
    },
  )

  it('keeps the key in that file for a program run from its source, so that the browser host opens the same data', async () => {
    const keys = await keyPlace(electronDouble({ keychain: gnome() }).electron, folder, 'linux')
    const key = await loadOrMakeKey(keys, join(folder, 'bdc.db'))
    expect(await keyFile(join(folder, 'bdc.key')).load()).toEqual(key)
    expect(readdirSync(folder).sort()).toEqual(keyFiles)
  })

  it('keeps the key where it is when a keychain appears later', async () => {
    const key = await start({ backend: 'basic_text', isAvailable: true, secret: 1 })
    expect(await start(gnome())).toEqual(key)
    expect(readdirSync(folder).sort()).toEqual(keyFiles)
  })

  it('opens what the browser host made, whose key is in the same file', async () => {
    const key = await loadOrMakeKey(keyFile(join(folder, 'bdc.key')), join(folder, 'bdc.db'))
    expect(await start(gnome())).toEqual(key)
  })

  it('seals again when the keychain has a newer key of its own', async () => {
    const key = await start(gnome())
    const before = JSON.parse(slotsText())
    const keys = await keysWith({ ...gnome(), shouldReEncrypt: true })
    expect(await keys.load()).toEqual(key)
    const after = JSON.parse(slotsText())
    expect(after.slots[0].id).toBe(before.slots[0].id)
    expect(after.slots[0].sealedSecret).not.toBe(before.slots[0].sealedSecret)
    expect(await (await keysWith(gnome())).load()).toEqual(key)
  })

  it('takes over a key that was sealed before there were slots', async () => {
    const key = randomBytes(32)
    const { electron } = electronDouble({ keychain: gnome() })
    const sealed = (await electron.safeStorage.encryptStringAsync(key.toString('hex'))).toString('base64')
    writeFileSync(join(folder, 'bdc.key.sealed'), JSON.stringify({ keychain: 'gnome_libsecret', sealed }))
    expect(await start(gnome())).toEqual(key)
    expect(readdirSync(folder).sort()).toEqual(['bdc.keys', 'bdc.keys.second'])
    expect(await start(gnome())).toEqual(key)
  })

  it('starts with the key file when there are both and the keychain does not open', async () => {
    const key = await start(gnome())
    keyRing({ dataDir: folder, databaseKey: key }).addKeyFile('2026-01-01T00:00:00.000Z')
    expect(await start({ backend: 'kwallet6', isAvailable: true, secret: 2 })).toEqual(key)
  })

  it.each<[NodeJS.Platform, string]>([
    ['linux', 'gnome_libsecret'],
    ['darwin', 'the macOS keychain'],
    ['win32', 'the Windows account'],
  ])('on %s returns the same key at the next start, and leaves it nowhere in the clear', async (platform, name) => {
    const key = await loadOrMakeKey(await keysWith(gnome(), platform), join(folder, 'bdc.db'))
    expect(await (await keysWith(gnome(), platform)).load()).toEqual(key)

    const text = slotsText()
    expect(JSON.parse(text).slots[0].keychain).toBe(name)
    for (const form of ['hex', 'base64', 'base64url'] as const) expect(text).not.toContain(key.toString(form))
  })
})
