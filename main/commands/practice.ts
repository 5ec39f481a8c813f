import { openDatabase } from '../database/database.ts'
import { bcryptPasswords } from '../domains/identity/passwords.ts'
import { fillPracticeCentre, practiceEmail, practicePassword } from '../domains/setup/practice.ts'
import { isEmpty } from '../domains/setup/queries.ts'
import type { Options } from './catalog.ts'
import { dataFolder } from './data-folder.ts'
import { folder } from './options.ts'

export async function practice(options: Options) {
  const { dataDir, databasePath, keys } = dataFolder(folder(options, 'data'), options)
  const passwordHash = await bcryptPasswords().hash(practicePassword)
  const database = await openDatabase(databasePath, keys)
  try {
    await database.write(async (db) => {
      if (!(await isEmpty(db))) throw centreThere(dataDir)
      await fillPracticeCentre(db, { passwordHash }, new Date().toISOString())
    })
  } finally {
    await database.close()
  }
  process.stdout.write(howToSignIn(dataDir))
}

export function howToSignIn(dataDir: string): string {
  return `The practice centre is ready in ${dataDir}.\nSign in as ${practiceEmail} with the password ${practicePassword}.\n`
}

/** What is refused where somebody's centre is. */
export function centreThere(dataDir: string): Error {
  return new Error(`There is a centre in ${dataDir} already: give an empty folder.`)
}
