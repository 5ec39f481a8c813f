import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { type KeyStore, keyLength } from '../../database/key.ts'
import { beginWithSlot, type Keychain, keychainSlot } from '../../keys/key-ring.ts'
import { genuineSlots, openSlots, readSlots, writeSlots } from '../../keys/slot-file.ts'
import { openSlot, type SlotOf } from '../../keys/slots.ts'
import type { Electron } from './electron.ts'

type SafeStorage = Pick<Electron, 'safeStorage'>

/** From before there were slots: the key itself, and which keychain sealed it. */
const SealedKey = z.object({ keychain: z.string(), sealed: z.base64() })

/** The key is there, but the keychain that sealed it does not open it now. */
export class KeychainLocked extends Error {
  override name = 'KeychainLocked'
  readonly wanted: string
  readonly found: string | undefined

  constructor(wanted: string, found: string | undefined, options: ErrorOptions = {}) {
    super(lockedSentence(wanted, found), options)
    this.wanted = wanted
    this.found = found
  }
}

/** The name of the keychain in use, or undefined where there is none that deserves the name: `basic_text` is a fixed password. */
export async function usableKeychain(
  { safeStorage }: SafeStorage,
  platform: NodeJS.Platform,
): Promise<string | undefined> {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return undefined
  if (platform === 'darwin') return 'the macOS keychain'
  if (platform === 'win32') return 'the Windows account'
  const backend = safeStorage.getSelectedStorageBackend()
  return backend === 'basic_text' || backend === 'unknown' ? undefined : backend
}

/** The keychain of this computer, as the slots use it. What it does not give back, it is not trusted with. */
export function systemKeychain(electron: SafeStorage, platform: NodeJS.Platform): Keychain {
  const { safeStorage } = electron
  return {
    name: () => usableKeychain(electron, platform),
    async seal(secret) {
      const sealed = await safeStorage.encryptStringAsync(secret.toString('hex'))
      const { result } = await safeStorage.decryptStringAsync(sealed)
      if (result !== secret.toString('hex')) throw new Error('The keychain does not give back what it is given.')
      return sealed.toString('base64')
    },
  }
}

/** The way to the key through the keychain of this user. */
export function keychainStore(electron: SafeStorage, dataDir: string, platform: NodeJS.Platform): KeyStore {
  const keychain = systemKeychain(electron, platform)
  const path = sealedPath(dataDir)
  let slotId: string | undefined

  async function unsealed(text: string, sealedBy: string) {
    const available = await usableKeychain(electron, platform)
    if (!available) throw new KeychainLocked(sealedBy, undefined)
    const opened = await electron.safeStorage
      .decryptStringAsync(Buffer.from(text, 'base64'))
      .catch((cause: unknown) => {
        throw new KeychainLocked(sealedBy, available, { cause })
      })
    return { secret: Buffer.from(opened.result, 'hex'), shouldReseal: opened.shouldReEncrypt }
  }

  async function save(key: Buffer) {
    const slot = await keychainSlot(keychain, key, new Date().toISOString())
    if (!slot) throw new KeychainLocked('none', undefined)
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    beginWithSlot(dataDir, key, slot)
  }

  /** The keychain has a newer key of its own, or the desktop another keychain. */
  async function reseal(databaseKey: Buffer, slot: SlotOf<'keychain'>) {
    const fresh = await keychainSlot(keychain, databaseKey, slot.madeAt)
    if (!fresh) return
    const renewed = { ...fresh, id: slot.id, lastUsedAt: slot.lastUsedAt }
    const slots = genuineSlots(dataDir, databaseKey)
    writeSlots(
      dataDir,
      slots.map((one) => (one.id === slot.id ? renewed : one)),
      databaseKey,
    )
  }

  async function loadFromSlots() {
    const opened = await openSlots(dataDir, async (slots) => {
      const slot = slots.find((one) => one.kind === 'keychain')
      if (slot?.kind !== 'keychain') return undefined
      const { secret, shouldReseal } = await unsealed(slot.sealedSecret, slot.keychain)
      const databaseKey = openSlot(slot, secret)
      if (!databaseKey) throw new KeychainLocked(slot.keychain, await usableKeychain(electron, platform))
      return { slotId: slot.id, databaseKey, slot, shouldReseal }
    })
    if (!opened) return undefined
    if (opened.shouldReseal) await reseal(opened.databaseKey, opened.slot)
    slotId = opened.slotId
    rmSync(path, { force: true })
    return opened.databaseKey
  }

  async function load() {
    if (readSlots(dataDir)) return loadFromSlots()
    if (!existsSync(path)) return undefined
    const { keychain: sealedBy, sealed } = readSealed(path)
    const { secret: key } = await unsealed(sealed, sealedBy)
    if (key.length !== keyLength) throw new Error(damagedSentence(path))
    await save(key)
    rmSync(path)
    return key
  }

  return { load, save, openedSlot: () => slotId }
}

/** Where the sealed key was before there were slots. */
export function sealedPath(dataDir: string): string {
  return join(dataDir, 'bdc.key.sealed')
}

function readSealed(path: string): z.infer<typeof SealedKey> {
  try {
    return SealedKey.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (cause) {
    throw new Error(damagedSentence(path), { cause })
  }
}

function damagedSentence(path: string): string {
  return `The sealed key ${path} is damaged: restore it from a backup and start again.`
}

function lockedSentence(sealedBy: string, available: string | undefined): string {
  const now = available ? `this session offers ${available}` : 'this session offers no keychain'
  return (
    `The key of your data was sealed by the keychain of this computer (${sealedBy}), and ${now}, which does not open it. ` +
    'Unlock that keychain, or sign in to the desktop you used before, and start BDC again. Nothing has been changed.'
  )
}
