import { join } from 'node:path'
import { appVersion, createApp } from '../app.ts'
import { makeBackup } from '../backup/make.ts'
import { checkBackup } from '../backup/restore.ts'
import { systemClock } from '../clock.ts'
import { openDatabase } from '../database/database.ts'
import { genuineSlots } from '../keys/slot-file.ts'
import type { Options } from './catalog.ts'
import { dataFolder } from './data-folder.ts'
import { folder } from './options.ts'

/** Makes a backup beside the data or in `to`, checks it, and prints its folder. */
export async function backUp(options: Options) {
  const { dataDir, databasePath, keys } = dataFolder(folder(options, 'data'), options)
  const to = options.to === undefined ? join(dataDir, 'backups') : folder(options, 'to')
  // An app takes over keys from before there were slots, and brings the schema up to date.
  await (await createApp({ dataDir, keys })).close()
  const database = await openDatabase(databasePath, keys)
  try {
    const slots = genuineSlots(dataDir, database.key).filter(({ kind }) => kind === 'recovery' || kind === 'passphrase')
    const madeAt = systemClock.now().toISOString()
    const job = { databasePath, databaseKey: database.key, madeAt, reason: 'asked', app: appVersion, slots } as const
    const name = makeBackup({ ...job, folder: to })
    checkBackup(join(to, name), database.key)
    process.stdout.write(`${join(to, name)}\n`)
  } finally {
    await database.close()
  }
}
