import * as z from 'zod'
import { Done, mutation, query, Timestamp } from './base.ts'

export const backupReasons = ['automatic', 'asked', 'before-restore'] as const
export const backupPauses = ['hour', 'day', 'never'] as const

/** A folder on this computer or on a disk that is plugged into it. */
export const FolderPath = z.string().trim().min(1).max(1000)

/** A backup as its folder shows it, before anybody has opened it. */
export const Backup = z.object({
  /** The name of its own folder. */
  name: z.string().max(100),
  folder: z.string(),
  madeAt: Timestamp,
  reason: z.enum(backupReasons),
  bytes: z.number(),
  app: z.string(),
  /** Whether this computer opens it with its own key. */
  isOwn: z.boolean(),
  /** Somebody was erased here, or left this computer, or old data was cleared, since it was made. */
  holdsForgotten: z.boolean(),
  /** How people open it elsewhere. */
  hasPassphrase: z.boolean(),
  hasRecoveryCode: z.boolean(),
  people: z.int(),
  assessments: z.int(),
  answers: z.int(),
})
export type Backup = z.infer<typeof Backup>

export const BackupState = z.object({
  /** Where backups go by themselves: beside the data. */
  ownFolder: z.string(),
  /** Where a second copy goes; null when nobody has chosen a place. */
  secondFolder: z.string().nullable(),
  isSecondReachable: z.boolean(),
  every: z.enum(backupPauses),
  /** Newest first, of both places. */
  backups: z.array(Backup),
  /** When those that go by themselves hold nothing of that any more, where some are made on three days of each week; null where none does. */
  forgottenUntil: Timestamp.nullable(),
  /** When a copy last arrived at the second place. */
  lastElsewhereAt: Timestamp.nullable(),
  /** Within a week. */
  isElsewhereRecent: z.boolean(),
  /** The last time a backup was brought back for a test, and whether everything was there. */
  lastTest: z.object({ at: Timestamp, name: z.string(), isGood: z.boolean() }).nullable(),
  /** What kept the last automatic backup from being made. */
  lastFailure: z.object({ at: Timestamp, reason: z.string() }).nullable(),
  lastRestore: z.object({ at: Timestamp, madeAt: Timestamp, keptAside: z.string().nullable() }).nullable(),
  /** What is under way now. */
  running: z
    .object({ work: z.enum(['make', 'test', 'restore']), doneBytes: z.number(), allBytes: z.number() })
    .nullable(),
})
export type BackupState = z.infer<typeof BackupState>

export const BackupSettings = z.object({ secondFolder: FolderPath.nullable(), every: z.enum(backupPauses) })
export type BackupSettings = z.infer<typeof BackupSettings>

export const InFolder = z.object({ folder: FolderPath })
export type InFolder = z.infer<typeof InFolder>

const Named = z.object({ folder: FolderPath, name: z.string().min(1).max(100) })

/** What opens a backup of another computer; null for one of this computer. */
export const BackupSecret = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('passphrase'), passphrase: z.string().min(1).max(1000) }),
  z.object({ kind: z.literal('recovery'), code: z.string().max(200) }),
])
export type BackupSecret = z.infer<typeof BackupSecret>

export const PreviewBackup = Named.extend({ secret: BackupSecret.nullable() })
export type PreviewBackup = z.infer<typeof PreviewBackup>

/** What is in a backup, read from the backup itself after every byte of it was checked. */
export const BackupPreview = z.object({
  organizations: z.array(z.string()),
  madeAt: Timestamp,
  people: z.int(),
  assessments: z.int(),
  answers: z.int(),
  lastActivityAt: Timestamp.nullable(),
})
export type BackupPreview = z.infer<typeof BackupPreview>

export const RestoreBackup = PreviewBackup.extend({ password: z.string().max(1000) })
export type RestoreBackup = z.infer<typeof RestoreBackup>

const outside = { none: 'it reads or copies files and changes nothing in the database' }

export const backups = {
  state: query().output(BackupState),
  /** The backups in any folder, such as that of a USB stick. */
  inFolder: query().input(InFolder).output(z.array(Backup)),
  configure: mutation({ action: 'backups.configure' }).input(BackupSettings).output(Done),
  /** Answers when it has begun; `state` tells how it goes on. */
  begin: mutation({ action: 'backups.begin' }).output(Done),
  /** The same, and then those go that hold what was forgotten since. */
  replaceOlder: mutation({ action: 'backups.replaceOlder' })
    .input(z.object({ password: z.string().max(1000) }))
    .output(Done),
  cancel: mutation(outside).output(Done),
  test: mutation(outside).input(Named).output(Done),
  preview: mutation(outside).input(PreviewBackup).output(BackupPreview),
  /** Puts the backup into the place of the data, which is kept aside. BDC starts anew right after. */
  restore: mutation({ action: 'backups.restore' }).input(RestoreBackup).output(Done),
}
