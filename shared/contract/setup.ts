import * as z from 'zod'
import { Backup, BackupPreview, InFolder, PreviewBackup } from './backups.ts'
import { Done, Email, mutation, NewPassword, PersonName, query } from './base.ts'

export const SetupStatus = z.object({
  /**
   * `empty`: nobody can sign in yet, the first-run wizard is due. `joining`: this installation has joined a centre, and nobody
   * has come from there yet. `ended`: the trainer whose laptop this is has no account at the centre any more.
   */
  state: z.enum(['empty', 'joining', 'ready', 'ended']),
  isPractice: z.boolean(),
  organizationName: z.string().nullable(),
  version: z.string(),
})
export type SetupStatus = z.infer<typeof SetupStatus>

export const CreateCentre = z.object({
  organizationName: z.string().trim().min(1).max(100),
  adminName: PersonName,
  email: Email,
  password: NewPassword,
})
export type CreateCentre = z.infer<typeof CreateCentre>

export const setup = {
  status: query().output(SetupStatus),
  /** Makes the organization and its first administrator, and signs that administrator in. */
  createCentre: mutation({ action: 'setup.createCentre', resource: 'organizations' }).input(CreateCentre).output(Done),
  /** Of another computer, or of this one before it lost its data. */
  backupsIn: query().input(InFolder).output(z.array(Backup)),
  previewBackup: mutation({ none: 'it reads files and changes nothing in the database' })
    .input(PreviewBackup)
    .output(BackupPreview),
  /** Begins with a backup instead of an empty centre. BDC starts anew right after. */
  restoreBackup: mutation({ none: 'the line about it is written into the log that is restored' })
    .input(PreviewBackup)
    .output(Done),
  /** Fills an empty installation with believable people, assessments and results, and signs its trainer in. */
  openPractice: mutation({ action: 'setup.openPractice', resource: 'organizations' }).output(Done),
  /** Removes the practice centre with all that is in it; the next start shows the first-run wizard. */
  removePractice: mutation({
    none: 'the practice centre goes together with its log',
  }).output(Done),
}
