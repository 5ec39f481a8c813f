import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { KeyMissing, type KeyStore, keyFile } from '../database/key.ts'

export interface DataFolder {
  dataDir: string
  databasePath: string
  keyPath: string
  keys: KeyStore
}

/** Where things are in a data folder that the command line opens: its key is a file that only its owner can read. */
export function dataFolder(dataDir: string): DataFolder {
  const databasePath = join(dataDir, 'bdc.db')
  const keyPath = join(dataDir, 'bdc.key')
  const sealedPath = join(dataDir, 'bdc.key.sealed')
  const file = keyFile(keyPath)
  const keys: KeyStore = {
    async load() {
      const key = await file.load()
      if (!key && existsSync(sealedPath)) throw new KeySealed(dataDir)
      return key
    },
    save: file.save,
  }
  return { dataDir, databasePath, keyPath, keys }
}

class KeySealed extends KeyMissing {
  constructor(dataDir: string) {
    super(dataDir)
    this.message = `The key of ${dataDir} is sealed by the keychain of this computer, which only the BDC window opens: use BDC there.`
  }
}
