import { existsSync } from 'node:fs'
import { type KeyStore, keyFile } from '../../database/key.ts'
import { keyFilePath } from '../../keys/openers.ts'
import { readSlots } from '../../keys/slot-file.ts'
import type { Electron } from './electron.ts'
import { KeychainLocked, keychainStore, sealedPath, usableKeychain } from './keychain.ts'

/**
 * A key stays where it is. A new one goes into the keychain or, where there is none worth the name, into a file that only
 * its owner can read: also for a program run from its source, whose data the browser host and the command line open too.
 */
export async function keyPlace(
  electron: Pick<Electron, 'app' | 'safeStorage'>,
  dataDir: string,
  platform = process.platform,
): Promise<KeyStore> {
  const sealed = keychainStore(electron, dataDir, platform)
  const file = keyFile(keyFilePath(dataDir))
  const isInKeychain = readSlots(dataDir)?.some(({ slots }) => slots.some(({ kind }) => kind === 'keychain'))

  if (isInKeychain) return existsSync(keyFilePath(dataDir)) ? eitherOf(sealed, file) : sealed
  if (existsSync(sealedPath(dataDir)) && !readSlots(dataDir)) return sealed
  if (existsSync(keyFilePath(dataDir)) || readSlots(dataDir)) return file
  return electron.app.isPackaged && (await usableKeychain(electron, platform)) ? sealed : file
}

/** Where there are both, a keychain that does not open is no reason not to start. */
function eitherOf(sealed: KeyStore, file: KeyStore): KeyStore {
  let used = sealed
  return {
    save: sealed.save,
    async load() {
      used = sealed
      try {
        return await sealed.load()
      } catch (error) {
        if (!(error instanceof KeychainLocked)) throw error
        used = file
        return file.load()
      }
    },
    openedSlot: () => used.openedSlot?.(),
  }
}
