import { existsSync } from 'node:fs'
import { openDatabase } from '../database/database.ts'
import { migratePostgresUp } from '../database/migrate-postgres.ts'
import { openConnection } from '../database/open.ts'
import type { Options } from './catalog.ts'
import { type DataFolder, dataFolder } from './data-folder.ts'
import { WrongUsage } from './exit.ts'
import { folder, oneOf, required } from './options.ts'

/** Prints the name of each step it took, or that there was none to take. */
export async function migrate(options: Options) {
  const dialect = options.dialect ? oneOf(options, 'dialect', ['sqlite', 'postgres']) : 'sqlite'
  const unfit = dialect === 'sqlite' ? 'url' : 'data'
  if (options[unfit])
    throw new WrongUsage(`--${unfit} does not go with the ${dialect} database: --help shows what does.`)

  const taken =
    dialect === 'sqlite'
      ? await migrateFile(dataFolder(folder(options, 'data'), options))
      : await migrateCentre(required(options, 'url'))
  const lines =
    taken.length > 0 ? taken.map((name) => `Took the step ${name}.`) : ['The database is up to date: nothing was done.']
  process.stdout.write(`${lines.join('\n')}\n`)
}

async function migrateFile({ databasePath, keys }: DataFolder): Promise<string[]> {
  const before = existsSync(databasePath) ? stepsDone(databasePath, await keys.load()) : 0
  const database = await openDatabase(databasePath, keys)
  try {
    const steps = await database.reader.selectFrom('schema_steps').select('name').orderBy('number').execute()
    return steps.slice(before).map(({ name }) => name)
  } finally {
    await database.close()
  }
}

/** Without the key nothing can be read; opening the database then says what is wrong. */
function stepsDone(path: string, key: Buffer | undefined): number {
  if (!key) return 0
  const connection = openConnection(path, key, { readonly: true })
  try {
    return Number(connection.pragma('user_version', { simple: true }))
  } finally {
    connection.close()
  }
}

async function migrateCentre(url: string): Promise<string[]> {
  const { atDatabase } = await import('./centre/database.ts')
  return atDatabase(postgresUrl(url), migratePostgresUp, '--url')
}

function postgresUrl(text: string): string {
  if (/^postgres(ql)?:$/.test(URL.parse(text)?.protocol ?? '')) return text
  // Without the text, which may hold a password.
  throw new WrongUsage('--url takes an address like postgres://user@host:5432/database.')
}
