import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type KeyStore, keyFile } from '../database/key.ts'
import { KeyMissing } from '../database/key-problems.ts'
import { keyFilePath } from '../keys/openers.ts'
import { readSlots } from '../keys/slot-file.ts'
import type { Options } from './catalog.ts'
import { passphraseOf, passphraseStore } from './passphrase-option.ts'

export interface DataFolder {
  dataDir: string
  databasePath: string
  keyPath: string
  keys: KeyStore
}

/**
 * Where things are in a data folder that the command line opens: with its key file, or with a passphrase that a file or
 * standard input gives.
 */
export function dataFolder(dataDir: string, options: Options = {}): DataFolder {
  const databasePath = join(dataDir, 'bdc.db')
  const keyPath = keyFilePath(dataDir)
  const sealedPath = join(dataDir, 'bdc.key.sealed')
  const passphrase = passphraseOf(options)
  const file = keyFile(keyPath)
  const ownKeys: KeyStore = {
    async load() {
      const key = await file.load()
      if (!key && (existsSync(sealedPath) || isInKeychain(dataDir))) throw new KeySealed(dataDir)
      return key
    },
    save: file.save,
    openedSlot: file.openedSlot,
  }
  const keys = passphrase === undefined ? ownKeys : passphraseStore(dataDir, passphrase)
  return { dataDir, databasePath, keyPath, keys }
}

function isInKeychain(dataDir: string): boolean {
  return (readSlots(dataDir) ?? []).some(({ slots }) => slots.some(({ kind }) => kind === 'keychain'))
}

export class KeySealed extends KeyMissing {
  constructor(dataDir: string) {
    super(dataDir)
    this.message = `The key of ${dataDir} is sealed by the keychain of this computer, which only the BDC window opens: use BDC there.`
  }
}
