import type { BackupSecret } from '../../shared/contract/backups.ts'
import { Refusal } from '../../shared/refusal.ts'
import { openWithPassphrase, openWithRecoveryCode } from '../keys/openers.ts'
import { keyIdOf } from '../keys/slots.ts'
import { readCode } from '../unlock/router.ts'
import { readManifest } from './manifest.ts'

/**
 * The database key that a backup's keys come from: that of this computer, or what a passphrase or a recovery code from the
 * time of the backup opens.
 */
export async function keyOfBackup(
  backup: string,
  { ownKey, secret }: { ownKey: Buffer | undefined; secret: BackupSecret | null },
): Promise<Buffer> {
  const { keyId, slots } = readManifest(backup)
  if (ownKey && keyIdOf(ownKey) === keyId) return ownKey
  if (secret === null) throw new Refusal('invalid', 'backups.secretNeeded')
  const opened =
    secret.kind === 'passphrase'
      ? await openWithPassphrase(slots, secret.passphrase, ['start', 'backups'])
      : openWithRecoveryCode(slots, readCode(secret.code))
  if (opened) return opened.databaseKey
  throw new Refusal('invalid', secret.kind === 'passphrase' ? 'keys.wrongPassphrase' : 'keys.wrongCode')
}
