import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import type { KeyStore } from '../database/key.ts'
import { beginWithSlot } from '../keys/key-ring.ts'
import { openFolderWithPassphrase } from '../keys/openers.ts'
import { keyOfPassphrase, ordinaryCost } from '../keys/passphrase.ts'
import { readSlots } from '../keys/slot-file.ts'
import { newSalt, sealedFor } from '../keys/slots.ts'
import type { Options } from './catalog.ts'
import { WrongPassphrase, WrongUsage } from './exit.ts'

/** The passphrase is never an argument: those can be read by everybody on the machine. */
export function passphraseOf(options: Options, name = 'passphrase-file'): string | undefined {
  const path = options[name]
  if (path === undefined) return undefined
  if (path !== '-' && !existsSync(path)) throw new WrongUsage(`--${name} names ${path}, which is not there.`)
  const [line = ''] = readFileSync(path === '-' ? 0 : path, 'utf8').split(/\r?\n/)
  if (line === '') throw new WrongUsage(`--${name} names a file whose first line is empty.`)
  return line
}

/** The way to the key through a passphrase; a new data folder gets it as its first slot. */
export function passphraseStore(dataDir: string, passphrase: string): KeyStore {
  let slotId: string | undefined
  return {
    async load() {
      if (!readSlots(dataDir)) return undefined
      const opened = await openFolderWithPassphrase(dataDir, passphrase)
      if (!opened) throw new WrongPassphrase(dataDir)
      slotId = opened.slotId
      return opened.databaseKey
    },
    async save(key) {
      if (passphrase.length < 12) throw new WrongUsage('A passphrase for new data has at least 12 characters.')
      mkdirSync(dataDir, { recursive: true, mode: 0o700 })
      const salt = newSalt()
      const secret = await keyOfPassphrase(passphrase, salt, ordinaryCost)
      const common = sealedFor('passphrase', secret, key, new Date().toISOString(), salt)
      beginWithSlot(dataDir, key, { kind: 'passphrase', use: 'start', cost: ordinaryCost, ...common })
    },
    openedSlot: () => slotId,
  }
}
