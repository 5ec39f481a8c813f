import type { BackupSecret } from '../../shared/contract/backups.ts'
import { Refusal } from '../../shared/refusal.ts'
import { openWithPassphrase, openWithRecoveryCode } from '../keys/openers.ts'
import type { OpenedSlot } from '../keys/slot-file.ts'
import { keyIdOf } from '../keys/slots.ts'
import { readCode } from '../unlock/read-code.ts'
import { readManifest } from './manifest.ts'

/**
 * The database key that a backup's keys come from: that of this computer, or what a passphrase or a recovery code from the
 * time of the backup opens.
 */
export async function keyOfBackup(
  backup: string,
  { ownKey, secret }: { ownKey: Buffer | undefined; secret: BackupSecret | null },
): Promise<Buffer> {
  if (ownKey && keyIdOf(ownKey) === readManifest(backup).keyId) return ownKey
  return (await openBackup(backup, secret)).databaseKey
}

/** The slot of a backup that somebody's secret opens. */
export async function openBackup(backup: string, secret: BackupSecret | null): Promise<OpenedSlot> {
  if (secret === null) throw new Refusal('invalid', 'backups.secretNeeded')
  const { slots } = readManifest(backup)
  const opened =
    secret.kind === 'passphrase'
      ? await openWithPassphrase(slots, secret.passphrase, ['start', 'backups'])
      : openWithRecoveryCode(slots, readCode(secret.code))
  if (!opened) throw wrongSecret(secret)
  return opened
}

export function wrongSecret({ kind }: BackupSecret): Refusal {
  return new Refusal('invalid', kind === 'passphrase' ? 'keys.wrongPassphrase' : 'keys.wrongCode')
}
