import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as z from 'zod'
import { BackupState, backupPauses } from '../../shared/contract/backups.ts'
import { Timestamp } from '../../shared/contract/base.ts'
import { writeDurably } from '../database/write-durably.ts'

/** Beside the database and not in it: a restore must not bring back where backups went a month ago. */
const Settings = z.object({
  secondFolder: z.string().nullable(),
  every: z.enum(backupPauses),
  lastElsewhereAt: Timestamp.nullable(),
  lastTest: BackupState.shape.lastTest,
  lastFailure: BackupState.shape.lastFailure,
  lastRestore: BackupState.shape.lastRestore,
  /** When old data was cleared here, or somebody left this computer: what no order of erasure tells. */
  lastForgottenAt: Timestamp.nullable().default(null),
  /** A restore whose line in the activity log is still to be written, by the program that opens what it left. */
  unlogged: z.object({ by: z.int().nullable(), organizationId: z.int().nullable(), madeAt: Timestamp }).nullable(),
})
export type Settings = z.infer<typeof Settings>

const initial: Settings = {
  secondFolder: null,
  every: 'day',
  lastElsewhereAt: null,
  lastTest: null,
  lastFailure: null,
  lastRestore: null,
  lastForgottenAt: null,
  unlogged: null,
}

export function readSettings(dataDir: string): Settings {
  const path = join(dataDir, 'bdc.backups.json')
  if (!existsSync(path)) return initial
  try {
    return Settings.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    // Nothing of it is worth not starting for.
    return initial
  }
}

export function changeSettings(dataDir: string, change: Partial<Settings>) {
  writeDurably(
    join(dataDir, 'bdc.backups.json'),
    `${JSON.stringify({ ...readSettings(dataDir), ...change }, null, 1)}\n`,
  )
}

/** Backups of the database at `databasePath` that were made until now hold more than may be here. */
export function noteForgotten(databasePath: string, at: string) {
  changeSettings(dirname(databasePath), { lastForgottenAt: at })
}
