import { type DatabaseFile, openDatabase, type Writer } from '../database/database.ts'
import { bcryptPasswords } from '../domains/identity/passwords.ts'
import { type FillSize, fillGenerated } from '../domains/setup/fill.ts'
import { fillPracticeCentre, practicePassword } from '../domains/setup/practice.ts'
import { isEmpty } from '../domains/setup/queries.ts'
import type { Options } from './catalog.ts'
import { dataFolder } from './data-folder.ts'
import { WrongUsage } from './exit.ts'
import { folder, wholeNumber } from './options.ts'
import { centreThere, howToSignIn } from './practice.ts'

/** Milliseconds between two lines about the progress. */
const telling = 1_000

/** Fills an empty folder with a practice centre and generated people; all of it is there at the end, or nothing. */
export async function generate(options: Options) {
  const { dataDir, databasePath, keys } = dataFolder(folder(options, 'data'), options)
  const size = sizeOf(options)
  const passwordHash = await bcryptPasswords().hash(practicePassword)
  const database = await openDatabase(databasePath, keys)
  try {
    const filled = await fill(database, { size, passwordHash, dataDir })
    const { people, assessments, attempts, responses } = filled
    process.stdout.write(
      `Generated ${people} people and ${responses} answers in ${attempts} attempts at ${assessments} assessments.\n${howToSignIn(dataDir)}`,
    )
  } finally {
    await database.close()
  }
}

function sizeOf(options: Options): FillSize {
  const people = wholeNumber(options, 'beneficiaries', 0, 1_000_000)
  const responses = wholeNumber(options, 'responses', 0, 10_000_000)
  const seed = options.seed ? wholeNumber(options, 'seed', 0, 2 ** 31 - 1) : 1
  if (people === 0 && responses > 0) throw new WrongUsage('--responses needs --beneficiaries who give them.')
  return { people, responses, seed }
}

function fill(
  database: DatabaseFile,
  { size, passwordHash, dataDir }: { size: FillSize; passwordHash: string; dataDir: string },
) {
  return database.write(async (db) => {
    if (!(await isEmpty(db))) throw centreThere(dataDir)
    const now = new Date().toISOString()
    const { organizationId } = await fillPracticeCentre(db, { passwordHash }, now)
    const stop = await tellProgress(db, size)
    try {
      return await fillGenerated(db, organizationId, size, now)
    } finally {
      stop()
    }
  })
}

/** Says on standard error how far it has come, read from inside the transaction, which pauses for that. */
async function tellProgress(db: Writer, { people, responses }: FillSize): Promise<() => void> {
  const before = await idsSoFar(db)
  const tell = async () => {
    const [someone, answer] = await idsSoFar(db)
    process.stderr.write(`${someone - before[0]} of ${people} people, ${answer - before[1]} of ${responses} answers\n`)
  }
  await tell()
  const timer = setInterval(() => void tell(), telling)
  return () => clearInterval(timer)
}

/** The next ids of people and of answers. */
async function idsSoFar(db: Writer): Promise<[number, number]> {
  const counters = await db.selectFrom('id_counters').select(['table_name as table', 'next']).execute()
  const next = (table: string) => counters.find((counter) => counter.table === table)?.next ?? 0
  return [next('beneficiaries'), next('responses')]
}
