import { existsSync, mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import type { BackupSecret } from '../../shared/contract/backups.ts'
import { Refusal } from '../../shared/refusal.ts'
import { readManifest } from '../backup/manifest.ts'
import { keyOfBackup } from '../backup/open-backup.ts'
import { prepareRestore } from '../backup/restore.ts'
import { changeSettings } from '../backup/settings.ts'
import { systemClock } from '../clock.ts'
import { asideName } from '../database/databases-aside.ts'
import { lockData } from '../database/lock.ts'
import { decideReplacement, finishReplacing } from '../database/replace.ts'
import { keepRestoredKeys } from '../keys/restored-keys.ts'
import type { Options } from './catalog.ts'
import { type DataFolder, dataFolder } from './data-folder.ts'
import { WrongUsage } from './exit.ts'
import { folder, required } from './options.ts'
import { passphraseOf } from './passphrase-option.ts'

/** Puts a backup into the place of the data, which is kept aside, and prints what was done. */
export async function restore(options: Options) {
  const from = resolve(required(options, 'from'))
  const data = dataFolder(folder(options, 'data'), options)
  mkdirSync(data.dataDir, { recursive: true, mode: 0o700 })
  const lock = lockData(data.databasePath)
  try {
    await restoreLocked(data, from, options)
  } catch (error) {
    throw error instanceof Refusal ? new Error(sentences[error.key] ?? error.key, { cause: error }) : error
  } finally {
    lock.release()
  }
}

const sentences: Partial<Record<Refusal['key'], string>> = {
  'backups.secretNeeded':
    'This backup is from another computer or an older key: give --backup-passphrase-file or --recovery-code-file.',
  'keys.wrongPassphrase': 'This passphrase does not open the backup. Nothing was changed.',
  'keys.wrongCode': 'This recovery code does not open the backup. Nothing was changed.',
  'keys.wrongGroup': 'There is a typing mistake in the recovery code. Nothing was changed.',
  'keys.codeLength': 'A recovery code has 35 letters and digits. Nothing was changed.',
}

async function restoreLocked(data: DataFolder, from: string, options: Options) {
  const { dataDir, databasePath } = data
  finishReplacing(databasePath)
  const ownKey = await presentKey(data, options)
  const fromKey = await keyOfBackup(from, { ownKey, secret: secretOf(options) })
  const restoredAt = systemClock.now().toISOString()
  const toKey = ownKey ?? fromKey
  prepareRestore({ from, fromKey, databasePath, toKey, restoredAt })
  const { madeAt, slots } = readManifest(from)
  if (!ownKey) keepRestoredKeys({ dataDir, slots, databaseKey: fromKey, restoredAt, hasKeyFile: true })
  const hasData = existsSync(databasePath)
  const lastRestore = { at: restoredAt, madeAt, keptAside: hasData ? asideName(databasePath, restoredAt) : null }
  // The next start writes the line about it into the log that was restored.
  changeSettings(dataDir, { lastRestore, unlogged: { by: null, organizationId: null, madeAt } })
  decideReplacement(databasePath, asideName(databasePath, restoredAt))
  finishReplacing(databasePath)
  const kept = hasData ? ` What was there before is kept as ${asideName(databasePath, restoredAt)}.` : ''
  process.stdout.write(`Restored ${from} into ${dataDir}.${kept}\n`)
}

/** The key of the data that is there. Data whose keys are lost is given up, and kept, only when that is asked for. */
async function presentKey({ databasePath, keys }: DataFolder, options: Options): Promise<Buffer | undefined> {
  if (options['replace-keys'] === 'yes') return undefined
  const key = await keys.load()
  if (key || !existsSync(databasePath)) return key
  throw new WrongUsage(
    'The keys of the data that is there do not open it: --replace-keys yes takes those of the backup.',
  )
}

function secretOf(options: Options): BackupSecret | null {
  const passphrase = passphraseOf(options, 'backup-passphrase-file')
  if (passphrase !== undefined) return { kind: 'passphrase', passphrase }
  const code = passphraseOf(options, 'recovery-code-file')
  return code === undefined ? null : { kind: 'recovery', code }
}
