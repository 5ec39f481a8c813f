import * as z from 'zod'
import { Backup, BackupPreview, InFolder, PreviewBackup } from './backups.ts'
import { Done, mutation, query, Timestamp } from './base.ts'
import { Passphrase } from './keys.ts'

/** The centre of the organization has taken this machine's access away. */
export const ShutOut = z.object({ organizationName: z.string(), at: Timestamp })
export type ShutOut = z.infer<typeof ShutOut>

/** What a computer can be opened with whose data is still locked, and why it does not open by itself. */
export const UnlockStatus = z.object({
  hasPassphrase: z.boolean(),
  hasRecoveryCode: z.boolean(),
  /** The keychain that the key was put into, and the one that is there now. */
  keychain: z.object({ wanted: z.string(), found: z.string().nullable() }).nullable(),
  shutOut: ShutOut.nullable(),
})
export type UnlockStatus = z.infer<typeof UnlockStatus>

export const UnlockWithRecoveryCode = z.object({
  code: z.string().max(200),
  /** Takes the place of the forgotten one. */
  newPassphrase: Passphrase.nullable(),
})
export type UnlockWithRecoveryCode = z.infer<typeof UnlockWithRecoveryCode>

/** What every other call carries to its screen meanwhile: it is welcome once somebody has unlocked the data. */
export const WaitsForUnlock = z.object({ waitsFor: z.literal('unlock') })

const noLog = { none: 'the activity log is in the locked database; the slot notes its use' }

/** All that exists while the database is locked. */
export const unlockContract = {
  unlock: {
    status: query().output(UnlockStatus),
    withPassphrase: mutation(noLog)
      .input(z.object({ passphrase: z.string().min(1).max(1000) }))
      .output(Done),
    withRecoveryCode: mutation(noLog).input(UnlockWithRecoveryCode).output(Done),
    backupsIn: query().input(InFolder).output(z.array(Backup)),
    previewBackup: mutation(noLog).input(PreviewBackup).output(BackupPreview),
    /** Puts the backup into the place of the locked data, which is kept aside with its keys, and opens it. */
    restoreBackup: mutation(noLog).input(PreviewBackup).output(Done),
  },
}
