import type {
  BackupPreview,
  BackupSettings,
  BackupState,
  PreviewBackup,
  RestoreBackup,
} from '../../../shared/contract/backups.ts'
import type { Done } from '../../../shared/contract/base.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { Backups } from '../../backup/backups.ts'
import { refuseUnfitFolder } from '../../backup/folder.ts'
import { changeSettings } from '../../backup/settings.ts'
import type { PreparedMutation, ReadContext, WriteContext } from '../../context.ts'
import { confirmOwnPassword } from '../identity/own-password.ts'

interface Place {
  backups: Backups
  dataDir: string
  /** From now on no write is acknowledged, and the host opens anew what is there. */
  giveWay: () => void
}

export function backupsHandlers({ backups, dataDir, giveWay }: Place) {
  async function state(_context: ReadContext): Promise<BackupState> {
    return backups.state()
  }

  async function inFolder(_context: ReadContext, { folder }: { folder: string }) {
    return backups.backupsIn(folder)
  }

  async function configure({ about, actor }: WriteContext, { secondFolder, every }: BackupSettings): Promise<Done> {
    if (secondFolder !== null) refuseUnfitFolder(secondFolder, dataDir)
    changeSettings(dataDir, { secondFolder, every })
    about(actor.organizationId ?? 0, { every, hasSecondFolder: secondFolder !== null })
    return {}
  }

  async function begin(_context: WriteContext): Promise<Done> {
    backups.begin()
    return {}
  }

  const replaceOlder: PreparedMutation<{ password: string }, Done> = {
    async prepare(context, { password }) {
      await confirmOwnPassword(context, password)
      return async ({ afterwards }) => {
        if (backups.isBusy()) throw new Refusal('conflict', 'backups.busy')
        afterwards(backups.replaceOlder)
        return {}
      }
    },
  }

  async function cancel(_context: WriteContext): Promise<Done> {
    backups.cancel()
    return {}
  }

  const test: PreparedMutation<{ folder: string; name: string }, Done> = {
    async prepare(_context, named) {
      await backups.test(named)
      return async () => ({})
    },
  }

  const preview: PreparedMutation<PreviewBackup, BackupPreview> = {
    async prepare(_context, { secret, ...named }) {
      const found = await backups.preview(named, secret)
      return async () => found
    },
  }

  const restore: PreparedMutation<RestoreBackup, Done> = {
    async prepare(context, { password, secret, ...named }) {
      await confirmOwnPassword(context, password)
      const decide = await backups.prepareRestore(named, secret)
      return async ({ actor }) => {
        // Whatever is written after this would be in the database that goes aside.
        giveWay()
        decide({ by: actor.userId, organizationId: actor.organizationId })
        return {}
      }
    },
  }

  return { state, inFolder, configure, begin, replaceOlder, cancel, test, preview, restore }
}
