import type { Backup, BackupPreview, InFolder, PreviewBackup } from '../../../shared/contract/backups.ts'
import type { Done } from '../../../shared/contract/base.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { Backups } from '../../backup/backups.ts'
import { backupFolder } from '../../backup/folder.ts'
import type { Clock } from '../../clock.ts'
import type { PreparedMutation, ReadContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import { openedBackup, tries } from '../../unlock/throttle.ts'
import { isEmpty } from './queries.ts'

export interface RestorePlace {
  backups: Backups
  clock: Clock
  /** From now on no write is acknowledged, and the host opens anew what is there. */
  giveWay: () => void
}

/** A backup instead of the first centre: for whoever stands at a computer in which there is nothing yet. */
export function restoreHandlers({ backups, clock, giveWay }: RestorePlace) {
  const attempt = tries(() => clock.monotonic())

  async function backupsIn({ db }: ReadContext, { folder }: InFolder): Promise<Backup[]> {
    await refuseUnlessEmpty(db)
    return backups.backupsIn(folder)
  }

  /** Guesses are slowed like those at a locked computer; what was guessed right is opened once more by the work itself. */
  async function refuseWrongSecret({ folder, name, secret }: PreviewBackup) {
    if (!backups.isOwn({ folder, name })) await openedBackup(attempt, backupFolder(folder, name), secret)
  }

  const previewBackup: PreparedMutation<PreviewBackup, BackupPreview> = {
    async prepare({ db }, input) {
      await refuseUnlessEmpty(db)
      await refuseWrongSecret(input)
      const found = await backups.preview(input, input.secret)
      return async () => found
    },
  }

  const restoreBackup: PreparedMutation<PreviewBackup, Done> = {
    async prepare({ db }, input) {
      await refuseUnlessEmpty(db)
      await refuseWrongSecret(input)
      const decide = await backups.prepareRestore(input, input.secret)
      return async (context) => {
        await refuseUnlessEmpty(context.db)
        // Whatever is written after this would be in the database that goes aside.
        giveWay()
        decide({ by: null, organizationId: null })
        return {}
      }
    },
  }

  return { backupsIn, previewBackup, restoreBackup }
}

async function refuseUnlessEmpty(db: Reader) {
  if (!(await isEmpty(db))) throw new Refusal('conflict', 'setup.alreadyDone')
}
