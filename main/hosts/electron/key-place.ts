import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type KeyStore, keyFile } from '../../database/key.ts'
import type { Electron } from './electron.ts'
import { keychain, usableKeychain } from './keychain.ts'

export interface KeyPlace {
  keys: KeyStore
  /** For the log and the person who asks where the key is. */
  description: string
}

/**
 * A key stays where it is. A new one goes into the keychain or, where there is none worth the name, into a file that only
 * its owner can read: also for a program run from its source, whose data the browser host and the command line open too.
 */
export async function keyPlace(
  electron: Pick<Electron, 'app' | 'safeStorage'>,
  dataDir: string,
  platform = process.platform,
): Promise<KeyPlace> {
  const sealedPath = join(dataDir, 'bdc.key.sealed')
  const filePath = join(dataDir, 'bdc.key')
  const sealed = {
    keys: keychain(electron, sealedPath, platform),
    description: `sealed by the keychain in ${sealedPath}`,
  }
  const file = { keys: keyFile(filePath), description: `in the file ${filePath}, readable by its owner only` }

  if (existsSync(sealedPath)) return sealed
  if (existsSync(filePath)) return file
  return electron.app.isPackaged && (await usableKeychain(electron, platform)) ? sealed : file
}
