import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { syncFolder } from '../database/write-durably.ts'
import { isForPerson, keyRing } from './key-ring.ts'
import { keyFilePath } from './openers.ts'
import { slotFiles, writeSlots } from './slot-file.ts'
import type { Slot } from './slots.ts'

const waiting = 'bdc.keys.return.'
const noKeyFile = 'no-key-file'

export interface RestoredKeys {
  dataDir: string
  /** The ways in from the time of the backup. */
  slots: Slot[]
  databaseKey: Buffer
  restoredAt: string
  /** Whether this computer shall start by itself; it does in any case when no person could open it. */
  hasKeyFile: boolean
}

/**
 * Writes the keys of a database that shall take the place of the present one, in a folder of their own: which keys count
 * follows from which database is decided upon, so that killed anywhere one of the two opens. The present ones are kept.
 */
export function keepRestoredKeys({ dataDir, slots, databaseKey, restoredAt, hasKeyFile }: RestoredKeys) {
  const stamp = restoredAt.replaceAll(/[-:.]/g, '')
  forgetWaiting(dataDir)
  for (const path of keyPaths(dataDir)) if (existsSync(path)) copyFileSync(path, asideKey(path, stamp))
  const folder = join(dataDir, waiting + stamp)
  mkdirSync(folder, { mode: 0o700 })
  if (slots.length > 0) writeSlots(folder, slots, databaseKey)
  if (hasKeyFile || !slots.some(isForPerson)) keyRing({ dataDir: folder, databaseKey }).addKeyFile(restoredAt)
  else writeFileSync(join(folder, noKeyFile), '', { mode: 0o600 })
  syncFolder(folder)
  syncFolder(dataDir)
}

/** Makes the waiting keys count once their database is decided upon; undecided, they are given up. Begun again, it goes on. */
export function finishRestoredKeys(dataDir: string, isDecided: boolean) {
  if (!isDecided) return forgetWaiting(dataDir)
  for (const name of waitingIn(dataDir)) {
    const folder = join(dataDir, name)
    for (const path of keyPaths(dataDir)) {
      const restored = join(folder, basename(path))
      if (existsSync(restored)) renameSync(restored, path)
    }
    if (existsSync(join(folder, noKeyFile))) rmSync(keyFilePath(dataDir), { force: true })
    syncFolder(dataDir)
    rmSync(folder, { recursive: true })
  }
}

/** The keys of a database that is kept aside, so that they go with it. */
export function keysAside(databaseAside: string): string[] {
  const stamp = databaseAside.slice(databaseAside.lastIndexOf('.') + 1)
  return keyPaths(dirname(databaseAside)).map((path) => asideKey(path, stamp))
}

function forgetWaiting(dataDir: string) {
  for (const name of waitingIn(dataDir)) {
    const stamp = name.slice(waiting.length)
    for (const path of keyPaths(dataDir)) rmSync(asideKey(path, stamp), { force: true })
    rmSync(join(dataDir, name), { recursive: true })
  }
}

const waitingIn = (dataDir: string) => readdirSync(dataDir).filter((name) => name.startsWith(waiting))
const keyPaths = (dataDir: string) => [...slotFiles(dataDir), keyFilePath(dataDir)]
const asideKey = (path: string, stamp: string) => `${path}.${stamp}.aside`
