import { join } from 'node:path'
import type { BrowserWindow } from 'electron'
import { unlockContract } from '../../../shared/contract/unlock.ts'
import { askWhetherShutOut } from '../../app.ts'
import { systemClock } from '../../clock.ts'
import type { Visitor } from '../../context.ts'
import type { KeyStore } from '../../database/key.ts'
import { finishReplacingFirst } from '../../database/replace.ts'
import { inputLimit } from '../../door.ts'
import { keychainSlot, keyRing } from '../../keys/key-ring.ts'
import type { OpenedSlot } from '../../keys/slot-file.ts'
import { canBeUnlocked } from '../../unlock/is-locked.ts'
import { knownKey } from '../../unlock/known-key.ts'
import type { LockedData } from '../../unlock/locked-data.ts'
import { unlockRouter } from '../../unlock/router.ts'
import { shutOutOf } from '../../unlock/shut-out.ts'
import { openDoorPort } from './door-port.ts'
import type { Electron } from './electron.ts'
import { KeychainLocked, systemKeychain } from './keychain.ts'
import { scheme } from './origin.ts'
import { rendererServer } from './protocol.ts'

interface Locked {
  dataDir: string
  keys: KeyStore
  /** Folder of the built screen. */
  screens: string
  openOne: () => BrowserWindow
}

interface Unlocked {
  keys: KeyStore
  /** The window in which it was unlocked; undefined when the data opened by itself. */
  window?: BrowserWindow
}

/** Data that does not open by itself is unlocked by a person, before there is anything of the product to see. */
export async function unlockInWindow(electron: Electron, locked: Locked): Promise<Unlocked> {
  const { dataDir, keys } = locked
  finishReplacingFirst(join(dataDir, 'bdc.db'))
  await askWhetherShutOut(dataDir, keys)
  if (!canBeUnlocked(dataDir)) return { keys }
  const problem: Pick<LockedData, 'keychain'> | undefined = shutOutOf(dataDir) ? {} : await problemOf(keys)
  if (!problem) return { keys }

  electron.protocol.handle(scheme, rendererServer(locked.screens))
  const window = locked.openOne()
  const opened = await unlockedBySomebody(electron, { dataDir, clock: systemClock, ...problem })
  electron.protocol.unhandle(scheme)
  if (problem.keychain) await renewKeychainSlot(electron, dataDir, opened)
  await askWhetherShutOut(dataDir, knownKey(opened))
  return { keys: knownKey(opened), window }
}

async function problemOf(keys: KeyStore): Promise<Pick<LockedData, 'keychain'> | undefined> {
  try {
    return (await keys.load()) ? undefined : {}
  } catch (error) {
    if (!(error instanceof KeychainLocked)) throw error
    return { keychain: { wanted: error.wanted, found: error.found ?? null } }
  }
}

function unlockedBySomebody(electron: Electron, locked: Omit<LockedData, 'onUnlocked'>): Promise<OpenedSlot> {
  return new Promise((resolve) => {
    const router = unlockRouter({ ...locked, onUnlocked: (opened) => setTimeout(finish, 0, opened) })
    const shut = openDoorPort(electron, router, visitor, (path) => inputLimit(path, unlockContract))
    function finish(opened: OpenedSlot) {
      shut()
      resolve(opened)
    }
  })
}

const visitor: Visitor = {
  credentials: { read: () => undefined, write: () => {} },
  ipAddress: '127.0.0.1',
  userAgent: 'BDC in its own window',
}

/** The keychain of today takes the place of the lost one, so that the next start needs nobody. */
async function renewKeychainSlot(electron: Electron, dataDir: string, { databaseKey }: OpenedSlot) {
  const keychain = systemKeychain(electron, process.platform)
  const slot = await keychainSlot(keychain, databaseKey, systemClock.now().toISOString())
  if (!slot) return
  const ring = keyRing({ dataDir, databaseKey, keychain })
  const lost = ring.slots().find(({ kind }) => kind === 'keychain')
  ring.add(slot, lost ? { insteadOf: lost.id } : {})
}
