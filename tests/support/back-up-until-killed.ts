import { makeBackup } from '../../main/backup/make.ts'
import { prepareRestore } from '../../main/backup/restore.ts'
import { decideReplacement, finishReplacing } from '../../main/database/replace.ts'

/**
 * Backs a database up, or restores a backup, in a process of its own, and ends it without warning at the point `killAt`, or
 * at any moment when somebody else kills it. Prints how many points it passed.
 */
const [work = '', databasePath = '', key = '', folder = '', killAt = ''] = process.argv.slice(2)
let passed = 0
const onPoint = () => {
  passed += 1
  if (passed === Number(killAt)) process.kill(process.pid, 'SIGKILL')
}
const databaseKey = Buffer.from(key, 'hex')
process.stdout.write('begins\n')
if (work === 'make') {
  const madeAt = new Date().toISOString()
  makeBackup({ databasePath, databaseKey, folder, madeAt, reason: 'asked', app: '1', slots: [] }, onPoint)
} else {
  const restoredAt = '2026-03-01T09:00:00.000Z'
  prepareRestore({ from: folder, fromKey: databaseKey, databasePath, toKey: databaseKey, restoredAt }, onPoint)
  decideReplacement(databasePath, 'bdc.db.aside', onPoint)
  finishReplacing(databasePath, onPoint)
}
process.stdout.write(`${passed}\n`)
