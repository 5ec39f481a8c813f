import { openDatabase } from '../database/database.ts'
import { chainsOf } from '../domains/activity/queries.ts'
import { type Problem, verifyChain } from '../domains/activity/verify.ts'
import type { Options } from './catalog.ts'
import { dataFolder } from './data-folder.ts'
import { folder } from './options.ts'

/** Verifies every line of the activity log; fails and names the first that was altered. */
export async function auditVerify(options: Options) {
  const { databasePath, keys } = dataFolder(folder(options, 'data'), options)
  const database = await openDatabase(databasePath, keys)
  const altered: string[] = []
  try {
    for (const chain of await chainsOf(database.reader)) {
      const { lines, problem } = await verifyChain(database.reader, database.auditKey, chain)
      const place = chain === 0 ? 'calls before signing in' : `organization ${chain}`
      process.stdout.write(`${problem ? 'ALTERED' : 'ok     '} ${place}: ${lines} lines verified\n`)
      if (problem) altered.push(`${place}, ${sentenceOf(problem)}`)
    }
  } finally {
    await database.close()
  }
  if (altered.length > 0)
    throw new Error(
      `The activity log was altered: ${altered.join('; ')}. Keep this data as it is, and compare it with the newest backup.`,
    )
}

function sentenceOf({ kind, sequence, activityId }: Problem): string {
  if (kind === 'inserted') return `row ${activityId} was written around BDC`
  return `line ${sequence} ${kind === 'changed' ? 'is not as it was written' : 'is missing'}`
}
