import { sql } from 'kysely'
import type { Writer } from '../../main/database/database.ts'
import { insertGroup, insertMembers } from '../../main/domains/groups/queries.ts'
import { fillGenerated } from '../../main/domains/setup/fill.ts'
import { testApp } from '../support/app.ts'
import { testCentre, testTrainer } from '../support/centre.ts'
import { measure, percentile, report, summary } from './measure.ts'

const people = 100_000
const responses = 400_000
const groupSize = 25
const runs = 50

/** A month of exams: every attempt began within the last four weeks, and one of a hundred waits for marks. */
async function moveIntoLastMonth(db: Writer, now: Date) {
  const since = new Date(now.getTime() - 28 * 86_400_000).toISOString()
  const moment = sql<string>`strftime('%Y-%m-%dT%H:%M:%fZ', ${since}, '+' || (1 + id % 40000) || ' minutes')`
  await db.updateTable('attempts').set({ started_at: moment }).execute()
  const hundredth = sql<boolean>`id % 100 = 0`
  await db.updateTable('attempts').set({ state: 'handed_in' }).where(hundredth).execute()
  await db
    .updateTable('responses')
    .set({ credit: null })
    .where('attempt_id', 'in', (eb) => eb.selectFrom('attempts').select('id').where('state', '=', 'handed_in'))
    .execute()
}

async function group(db: Writer, organizationId: number, now: string) {
  const rows = await db.selectFrom('beneficiaries').select('id').where('organization_id', '=', organizationId).execute()
  for (let from = 0; from < rows.length; from += groupSize) {
    const id = await insertGroup(db, organizationId, { name: `Group ${from / groupSize}`, description: '' }, now)
    const members = rows.slice(from, from + groupSize).map((row) => row.id)
    await insertMembers(db, organizationId, id, members, now)
  }
}

/** Beside a trainer with thousands of people, as the generated ones are shared out, one with a class of 25. */
async function classOf(db: Writer, userId: number) {
  await db
    .updateTable('beneficiaries')
    .set({ trainer_id: userId })
    .where('id', 'in', (eb) => eb.selectFrom('beneficiaries').select('id').orderBy('id').limit(groupSize))
    .execute()
}

await using app = await testApp()
const { admin } = await testCentre(app)
const tom = await testTrainer(app, admin)
await app.withDatabase(async (db) => {
  const now = new Date()
  const { id } = await db.selectFrom('organizations').select('id').executeTakeFirstOrThrow()
  await fillGenerated(db, id, { people, responses, seed: 1 }, now.toISOString())
  await moveIntoLastMonth(db, now)
  await group(db, id, now.toISOString())
})
const tina = await testTrainer(app, admin, 'Tina Teacher')
const me = await tina.identity.me()
await app.withDatabase((db) => classOf(db, me.kind === 'user' ? me.user.id : 0))

const begin = new Date().setHours(0, 0, 0, 0)
const day = { from: new Date(begin).toISOString(), until: new Date(begin + 86_400_000).toISOString() }
const asked = {
  'waiting, administrator': () => admin.today.waiting(day),
  'waiting, trainer of thousands': () => tom.today.waiting(day),
  'waiting, trainer of a class': () => tina.today.waiting(day),
  'groups, administrator': () => admin.today.groups(),
  'groups, trainer of thousands': () => tom.today.groups(),
  'groups, trainer of a class': () => tina.today.groups(),
}
const data = `${people} people in groups of ${groupSize}, ${responses} answers of the last four weeks, encrypted`
const { answers } = await admin.today.waiting(day)
for (const [name, durations] of Object.entries(await measure(runs, asked))) {
  const isWithinAim = percentile(durations, 99) < 16
  report(`today: ${name}`, { ...summary(durations), p99AimMs: 16, isWithinAim, answersWaiting: answers, data })
}
