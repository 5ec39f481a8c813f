import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beginWithKeyFile } from '../keys/key-ring.ts'
import { openWithSecret, readKeyFile } from '../keys/openers.ts'
import { openSlots, readSlots } from '../keys/slot-file.ts'
import { KeyDoesNotFit, KeyMissing } from './key-problems.ts'
import { makeFolder } from './write-durably.ts'

export const keyLength = 32

/** How a host comes to the 32-byte database key: through one of its slots. */
export interface KeyStore {
  /** Changes nothing; undefined when this way leads to no key. */
  load(): Promise<Buffer | undefined>
  /** Makes the first slot of a new database. */
  save(key: Buffer): Promise<void>
  /** The slot that the last `load` came through, to note when it was used. */
  openedSlot?(): string | undefined
}

/**
 * The way through a key file that only its owner can read; for hosts without a keychain. Before there were slots the file
 * held the key itself.
 */
export function keyFile(path: string): KeyStore {
  const dataDir = dirname(path)
  let slotId: string | undefined
  return {
    async load() {
      const secret = readKeyFile(path)
      if (!secret || !readSlots(dataDir)) return secret
      const opened = await openSlots(dataDir, async (slots) => openWithSecret(slots, 'file', secret))
      if (!opened) throw new KeyDoesNotFit(join(dataDir, 'bdc.db'))
      slotId = opened.slotId
      return opened.databaseKey
    },
    async save(key) {
      makeFolder(dataDir)
      beginWithKeyFile(dataDir, key, new Date().toISOString())
    },
    openedSlot: () => slotId,
  }
}

/** Makes a key only for a database that does not exist yet; the key is on the disk before the database is. */
export async function loadOrMakeKey(keys: KeyStore, databasePath: string): Promise<Buffer> {
  const known = await keys.load()
  if (known) return known
  if (existsSync(databasePath)) throw new KeyMissing(databasePath)

  const key = randomBytes(keyLength)
  await keys.save(key)
  return key
}
