import { existsSync, readFileSync } from 'node:fs'
import * as z from 'zod'
import { type KeyStore, keyLength, writeDurably } from '../../database/key.ts'
import type { Electron } from './electron.ts'

type SafeStorage = Pick<Electron, 'safeStorage'>

/** The sealed key, and which keychain sealed it: on Linux that changes with the desktop session. */
const SealedKey = z.object({ keychain: z.string(), sealed: z.base64() })

/** The key is there, but the keychain that sealed it does not open it now. */
export class KeychainLocked extends Error {
  override name = 'KeychainLocked'
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

/** The key in a file that only the user's keychain can read. */
export function keychain(electron: SafeStorage, path: string, platform: NodeJS.Platform): KeyStore {
  const { safeStorage } = electron

  async function save(key: Buffer) {
    const name = await usableKeychain(electron, platform)
    if (!name) throw new KeychainLocked('No keychain is available to keep the key of the data.')
    const sealed = await safeStorage.encryptStringAsync(key.toString('hex'))
    const { result } = await safeStorage.decryptStringAsync(sealed)
    if (result !== key.toString('hex'))
      throw new KeychainLocked(`The keychain (${name}) does not give back what it is given.`)
    writeDurably(path, JSON.stringify({ keychain: name, sealed: sealed.toString('base64') }))
  }

  async function load() {
    if (!existsSync(path)) return undefined
    const { keychain: sealedBy, sealed } = readSealed(path)
    const available = await usableKeychain(electron, platform)
    if (!available) throw new KeychainLocked(lockedSentence(sealedBy, undefined))

    const opened = await safeStorage.decryptStringAsync(Buffer.from(sealed, 'base64')).catch((cause: unknown) => {
      throw new KeychainLocked(lockedSentence(sealedBy, available), { cause })
    })
    const key = Buffer.from(opened.result, 'hex')
    if (key.length !== keyLength) throw new Error(damagedSentence(path))
    if (opened.shouldReEncrypt) await save(key)
    return key
  }

  return { load, save }
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
