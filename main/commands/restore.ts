import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { resolve } from 'node:path'
import type { BackupSecret } from '../../shared/contract/backups.ts'
import { Refusal } from '../../shared/refusal.ts'
import { asideName } from '../backup/backups.ts'
import { readManifest } from '../backup/manifest.ts'
import { keyOfBackup } from '../backup/open-backup.ts'
import { prepareRestore } from '../backup/restore.ts'
import { changeSettings } from '../backup/settings.ts'
import { systemClock } from '../clock.ts'
import { lockData } from '../database/lock.ts'
import { decideReplacement, finishReplacing } from '../database/replace.ts'
import { keyRing } from '../keys/key-ring.ts'
import { keyFilePath } from '../keys/openers.ts'
import { slotFiles, writeSlots } from '../keys/slot-file.ts'
import type { Slot } from '../keys/slots.ts'
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
  if (!ownKey) takeKeysFrom(readManifest(from).slots, { dataDir, databaseKey: fromKey, restoredAt })
  const hasData = existsSync(databasePath)
  const { madeAt } = readManifest(from)
  const lastRestore = { at: restoredAt, madeAt, keptAside: hasData ? asideName(restoredAt) : null }
  // The next start writes the line about it into the log that was restored.
  changeSettings(dataDir, { lastRestore, unlogged: { by: null, organizationId: null, madeAt } })
  decideReplacement(databasePath, asideName(restoredAt))
  finishReplacing(databasePath)
  const kept = hasData ? ` What was there before is kept as ${asideName(restoredAt)}.` : ''
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

/** The ways in from the time of the backup, and a key file, so that this computer starts by itself. */
function takeKeysFrom(slots: Slot[], place: { dataDir: string; databaseKey: Buffer; restoredAt: string }) {
  const { dataDir, databaseKey, restoredAt } = place
  const end = `.${restoredAt.replaceAll(/[-:.]/g, '')}.aside`
  for (const path of [...slotFiles(dataDir), keyFilePath(dataDir)]) if (existsSync(path)) renameSync(path, path + end)
  if (slots.length > 0) writeSlots(dataDir, slots, databaseKey)
  keyRing({ dataDir, databaseKey }).addKeyFile(restoredAt)
}

function secretOf(options: Options): BackupSecret | null {
  const passphrase = passphraseOf(options, 'backup-passphrase-file')
  if (passphrase !== undefined) return { kind: 'passphrase', passphrase }
  const code = passphraseOf(options, 'recovery-code-file')
  return code === undefined ? null : { kind: 'recovery', code }
}
