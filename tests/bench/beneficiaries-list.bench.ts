import { join } from 'node:path'
import { type SqlBool, sql } from 'kysely'
import { keyFile } from '../../main/database/key.ts'
import { openConnection } from '../../main/database/open.ts'
import { fillGenerated } from '../../main/domains/setup/fill.ts'
import type { ListBeneficiaries } from '../../shared/contract/beneficiaries.ts'
import { testApp } from '../support/app.ts'
import { testCentre } from '../support/centre.ts'
import { measure, percentile, report, summary } from './measure.ts'

const people = 100_000
const runs = 200

await using app = await testApp()
const { admin } = await testCentre(app)
await app.withDatabase(async (db) => {
  const { id } = await db.selectFrom('organizations').select('id').executeTakeFirstOrThrow()
  await fillGenerated(db, id, { people, responses: 0, seed: 1 }, new Date().toISOString())
})

const trainerId = (await admin.beneficiaries.trainers())[0]?.id
/** Names that are there, from every script and every end of the alphabet, so that the searches are those of people. */
const names = await app.withDatabase(async (db) => {
  const everyOther = sql<SqlBool>`id % 499 = 0`
  const rows = await db.selectFrom('users').select('name').where('role', '=', 'student').where(everyOther).execute()
  return rows.map((row) => row.name.split(' '))
})
const part = (run: number, from: number, length: number) => names[run % names.length]?.[from]?.slice(0, length) ?? 'a'

const asked: Record<string, (run: number) => Partial<ListBeneficiaries>> = {
  'first page': () => ({}),
  'one letter': (run) => ({ search: part(run, 0, 1) }),
  'three letters': (run) => ({ search: part(run, 0, 3) }),
  'first name': (run) => ({ search: part(run, 0, 30) }),
  'first and last name': (run) => ({ search: `${part(run, 0, 30)} ${part(run, 1, 3)}` }),
  'a name nobody has': () => ({ search: 'zzyzx' }),
  'inactive only': () => ({ status: 'inactive' }),
  'one trainer': () => ({ trainerId }),
  'one trainer, three letters': (run) => ({ trainerId, search: part(run, 0, 3) }),
}

/** The floor: the same fifty rows by their index, with a statement that is prepared already. */
async function rawPages() {
  const key = await keyFile(join(app.dataDir, 'bdc.key')).load()
  if (!key) throw new Error('The key of the data is not there.')
  const connection = openConnection(join(app.dataDir, 'bdc.db'), key, { readonly: true })
  const page = connection.prepare(`SELECT users.name, users.email, beneficiaries.* FROM people_index
    JOIN beneficiaries ON beneficiaries.id = people_index.beneficiary_id JOIN users ON users.id = beneficiaries.user_id
    WHERE people_index.organization_id = (SELECT id FROM organizations) AND sort_name >= ?
    ORDER BY sort_name, beneficiary_id LIMIT 50`)
  return { page: (run: number) => page.all(part(run, 0, 3)), [Symbol.dispose]: () => connection.close() }
}

using raw = await rawPages()
const { floor, ...measured } = await measure(runs, {
  floor: raw.page,
  ...Object.fromEntries(
    Object.entries(asked).map(([name, input]) => [name, (run: number) => admin.beneficiaries.list(input(run))]),
  ),
})

/** The walk through all pages, each from the end of the one before. */
let after: string | undefined
const paging = await measure(runs, {
  'next page': async () => {
    after = (await admin.beneficiaries.list({ after })).next ?? undefined
  },
})

const data = `${people} people, encrypted, through the door in process`
report('beneficiaries list: floor, raw better-sqlite3', {
  ...summary(floor),
  data: `${people} people, a page by its index`,
})
for (const [name, durations] of Object.entries({ ...measured, ...paging })) {
  report(`beneficiaries list: ${name}`, { ...summary(durations), data })
}
const all = Object.values({ ...measured, ...paging }).flat()
report('beneficiaries list: all of these', {
  ...summary(all),
  p99AimMs: 16,
  isWithinAim: percentile(all, 99) < 16,
  data,
})
