import { KeyDoesNotFit, KeyMissing } from '../database/key-problems.ts'
import { DatabaseTooNew } from '../database/steps.ts'

/** Part of the program's interface: scripts decide by these numbers. */
export const exitCodes = {
  ok: [0, 'done'],
  failed: [1, 'failed'],
  wrongUsage: [2, 'wrong usage'],
  dataInUse: [3, 'another BDC is using the data'],
  databaseTooNew: [4, 'the database is from a newer version of BDC'],
  keyMissing: [5, 'the key of the database is missing or another one'],
} as const satisfies Record<string, readonly [number, string]>

/** What was typed is no command. */
export class WrongUsage extends Error {
  override name = 'WrongUsage'
}

/** The passphrase that was given opens nothing here. */
export class WrongPassphrase extends Error {
  override name = 'WrongPassphrase'

  constructor(place: string) {
    super(`This passphrase does not open ${place}. Check it, and try again. Nothing was changed.`)
  }
}

export function exitCodeOf(error: unknown): number {
  if (error instanceof WrongUsage) return exitCodes.wrongUsage[0]
  if (error instanceof DatabaseTooNew) return exitCodes.databaseTooNew[0]
  if (error instanceof WrongPassphrase) return exitCodes.keyMissing[0]
  if (error instanceof KeyMissing || error instanceof KeyDoesNotFit) return exitCodes.keyMissing[0]
  // By name: its module loads the database driver, which a wrong option must not wait for.
  if (error instanceof Error && error.name === 'DataInUse') return exitCodes.dataInUse[0]
  return exitCodes.failed[0]
}
