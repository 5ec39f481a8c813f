import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { BackupPreview, InFolder, PreviewBackup } from '../../shared/contract/backups.ts'
import type { Done } from '../../shared/contract/base.ts'
import { asRefusal, previewFacts } from '../backup/backups.ts'
import { backupFolder, backupsIn, noDatabase } from '../backup/folder.ts'
import { readManifest } from '../backup/manifest.ts'
import { runJob } from '../backup/run-job.ts'
import { changeSettings } from '../backup/settings.ts'
import { asideName } from '../database/databases-aside.ts'
import { decideReplacement, finishReplacing } from '../database/replace.ts'
import { keepRestoredKeys } from '../keys/restored-keys.ts'
import type { OpenedSlot } from '../keys/slot-file.ts'
import { heldAlone } from './held-alone.ts'
import type { LockedData } from './locked-data.ts'
import { type Attempt, openedBackup } from './throttle.ts'

/** A backup instead of data that nobody can open any more. Without the key of that data, the backup brings its own along. */
export function restoreAtLockedComputer({ dataDir, clock, onUnlocked }: LockedData, attempt: Attempt) {
  return {
    backupsIn: ({ folder }: InFolder) => backupsIn(folder, noDatabase),

    async previewBackup({ secret, ...named }: PreviewBackup): Promise<BackupPreview> {
      const from = backupFolder(named.folder, named.name)
      const { databaseKey: fromKey } = await openedBackup(attempt, from, secret)
      return previewFacts(from, await runJob({ work: 'preview', from, fromKey }).result.catch(asRefusal))
    },

    async restoreBackup({ secret, ...named }: PreviewBackup): Promise<Done> {
      const from = backupFolder(named.folder, named.name)
      const opened = await openedBackup(attempt, from, secret)
      await whileLocked(join(dataDir, 'bdc.db'), (databasePath) =>
        restoreWithKeys({ dataDir, databasePath, from, opened, restoredAt: clock.now().toISOString() }),
      )
      onUnlocked(opened)
      return {}
    },
  }
}

async function whileLocked(databasePath: string, work: (databasePath: string) => Promise<void>) {
  const lock = heldAlone(databasePath)
  try {
    await work(databasePath)
  } finally {
    lock.release()
  }
}

interface Restoring {
  dataDir: string
  databasePath: string
  from: string
  opened: OpenedSlot
  restoredAt: string
}

async function restoreWithKeys({ dataDir, databasePath, from, opened, restoredAt }: Restoring) {
  const { databaseKey } = opened
  finishReplacing(databasePath)
  const job = { work: 'prepare', from, fromKey: databaseKey, databasePath, toKey: databaseKey, restoredAt } as const
  await runJob(job).result.catch(asRefusal)
  const { madeAt, slots } = readManifest(from)
  keepRestoredKeys({ dataDir, slots, databaseKey, restoredAt, hasKeyFile: false })
  const keptAside = existsSync(databasePath) ? asideName(databasePath, restoredAt) : null
  changeSettings(dataDir, {
    lastRestore: { at: restoredAt, madeAt, keptAside },
    unlogged: { by: null, organizationId: null, madeAt },
  })
  decideReplacement(databasePath, asideName(databasePath, restoredAt))
  finishReplacing(databasePath)
}
