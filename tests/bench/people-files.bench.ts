import { setImmediate } from 'node:timers/promises'
import { fillGenerated } from '../../main/domains/setup/fill.ts'
import { addsAtOnce, changesAtOnce, type DayOrder } from '../../shared/contract/people-imports.ts'
import { testApp } from '../support/app.ts'
import { testCentre } from '../support/centre.ts'
import { watchTurns } from '../support/turns.ts'
import { report } from './measure.ts'

/**
 * 50,000 people out into a file, and as many in from one and back out again: how long it takes, and how long nobody else
 * gets a turn meanwhile; 25 ms is the most.
 */
const people = Number(process.env['PEOPLE'] ?? 50_000)
const steps = Number(process.env['STEPS'] ?? 100)

await using app = await testApp()
const { admin } = await testCentre(app)
const fields = ['name', 'number', 'email', 'phone', 'dateOfBirth', 'language', 'address', 'city', 'guardianName']
const others = ['guardianPhone', 'trainer', 'groups', 'enrollmentDate', 'status', 'notes']
const columns = [...fields, ...others].map((field) => ({ field, name: field }))

await bringIn()
await fill()
// The first one of a program makes the statements ready.
await admin.beneficiaries.export({ format: 'csv', columns, search: 'nobody' })
for (const format of ['csv', 'xlsx'] as const) {
  const facts = await timed(async () => (await admin.beneficiaries.export({ format, columns })).base64.length)
  report('people-files: out', { format, people, ...facts })
}
report('people-files: on paper', { people: 2000, ...(await timed(onPaper)) })

async function timed(work: () => Promise<number>) {
  const longestTurn = watchTurns()
  const began = performance.now()
  const of = await work()
  return { ms: Math.round(performance.now() - began), longestTurnMs: Math.round(longestTurn() * 10) / 10, of }
}

/** What the screen asks for to print a list. */
async function onPaper() {
  let after: string | undefined
  let rows = 0
  do {
    const page = await admin.beneficiaries.list({ after, limit: 200 })
    await setImmediate()
    rows += page.rows.length
    after = page.next ?? undefined
  } while (after !== undefined && rows < 2000)
  return rows
}

async function fill() {
  await app.withDatabase(async (db) => {
    const { id } = await db.selectFrom('organizations').select('id').executeTakeFirstOrThrow()
    await fillGenerated(db, id, { people, responses: 0, seed: 1 }, new Date().toISOString())
  })
}

/** As many as take a hundred steps, beside the reading and planning of the largest file. */
async function bringIn() {
  const { facts } = await planned(people, 'Large')
  report('people-files: read and plan', { people, ...facts })
  await takeBack('people-files: taken out again', await carriedOut('people-files: in'))
  await carriedOut('people-files: in once more')
  await takeBack('people-files: changed back', await carriedOut('people-files: changed', 'Sfax'))
}

/** Adds them, or changes them where they live somewhere else now. */
async function carriedOut(name: string, city?: string) {
  const rows = steps * (city ? changesAtOnce : addsAtOnce)
  const { fileId } = await planned(rows, 'Someone', city)
  const { importId } = await admin.peopleImports.begin({ fileId })
  const step = () =>
    city ? admin.peopleImports.changeSome({ importId, fileId }) : admin.peopleImports.addSome({ importId, fileId })
  report(name, { people: rows, ...(await timed(() => repeat(step))) })
  return importId
}

async function takeBack(name: string, importId: number) {
  const step = async () => ({ isDone: (await admin.peopleImports.undoSome({ importId })).left === 0 })
  report(name, await timed(() => repeat(step)))
}

/** Each step is a call of its own, which others can come before. */
async function repeat(step: () => Promise<{ isDone: boolean }>) {
  let times = 1
  while (!(await step()).isDone) {
    await setImmediate()
    times++
  }
  return times
}

async function planned(rows: number, name: string, city = 'Tunis') {
  const lines = Array.from({ length: rows }, (_, at) => `${name} Number ${at};A${at};+216 20 ${at};${city};2001-02-03`)
  const base64 = Buffer.from(['Name;Number;Phone;City;Date of birth', ...lines].join('\n')).toString('base64')
  let fileId = ''
  const dayOrder: DayOrder = 'dayFirst'
  const read = await timed(async () => {
    const file = await admin.peopleImports.read({ base64, fileName: 'people.csv' })
    fileId = file.fileId
    return file.rows
  })
  const targets = ['name', 'number', 'phone', 'city', 'dateOfBirth'] as const
  const plan = await timed(async () => {
    const { adds, changes } = await admin.peopleImports.plan({ fileId, columns: [...targets], dayOrder })
    return adds + changes
  })
  return { fileId, facts: { read, plan } }
}
