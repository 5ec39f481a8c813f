import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { UnlockStatus } from '../../shared/contract/unlock.ts'
import { ShutOut } from '../../shared/contract/unlock.ts'
import { syncFolder, writeDurably } from '../database/write-durably.ts'

const placeOf = (dataDir: string) => join(dataDir, 'bdc.shut-out.json')

/**
 * Beside the database for as long as its centre has shut this machine out: from then on only a person opens the data, with a
 * passphrase or the recovery code, whatever else would open it by itself.
 */
export function noteShutOut(dataDir: string, shutOut: ShutOut) {
  if (existsSync(placeOf(dataDir))) return
  writeDurably(placeOf(dataDir), `${JSON.stringify(shutOut)}\n`)
}

/** What cannot be read counts all the same: nobody opens a machine that was shut out by damaging a file. */
export function shutOutOf(dataDir: string): UnlockStatus['shutOut'] {
  if (!existsSync(placeOf(dataDir))) return null
  try {
    return ShutOut.parse(JSON.parse(readFileSync(placeOf(dataDir), 'utf8')))
  } catch {
    return { organizationName: '', at: new Date(0).toISOString() }
  }
}

/** The machine has been invited anew, or has left. */
export function forgetShutOut(dataDir: string) {
  rmSync(placeOf(dataDir), { force: true })
  syncFolder(dataDir)
}
