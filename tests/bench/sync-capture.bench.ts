import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { createApp } from '../../main/app.ts'
import { systemClock } from '../../main/clock.ts'
import type { Credentials } from '../../main/context.ts'
import { type DatabaseFile, openDatabase } from '../../main/database/database.ts'
import { mintIds } from '../../main/database/ids.ts'
import { keyFile } from '../../main/database/key.ts'
import { startBackground } from '../../main/sync/background.ts'
import { enrolDatabase, newIdentity } from '../../main/sync/enrol.ts'
import { memoryCredentials, visitorOf } from '../support/app.ts'
import { choice, publishedAssessment, seatedKiosk, shortAnswer, testCentre } from '../support/centre.ts'
import { centreRows } from '../support/full-centre-way.ts'
import { smallCentre } from '../sync/device/small-centre.ts'
import { measure, percentile, report, summary } from './measure.ts'

const rows = 5000
const block = 2 ** 32
const answers = ['a', 'b']
const folders = ['alone', 'enrolled'].map((name) => mkdtempSync(join(tmpdir(), `bdc-bench-${name}-`)))
const [alone = '', enrolled = ''] = folders
const keysOf = (dataDir: string) => keyFile(join(dataDir, 'bdc.key'))
const opened = (dataDir: string) => openDatabase(join(dataDir, 'bdc.db'), keysOf(dataDir))

/** A learner in the middle of an attempt, in a folder and in a copy of it that has become one of a centre's. */
async function prepared() {
  let credentials: Credentials = memoryCredentials()
  const app = await createApp({ dataDir: alone, keys: keysOf(alone) })
  const entrance = {
    visitor() {
      credentials = memoryCredentials()
      return visitorOf(app, credentials)
    },
  }
  const { admin } = await testCentre(entrance)
  const questions = Array.from({ length: 20 }, (_, index) => (index % 2 ? choice : shortAnswer))
  const { id: assessmentId } = await publishedAssessment(admin, questions)
  const { kiosk } = await seatedKiosk(entrance, admin)
  const { attemptId } = await kiosk.delivery.begin({ assessmentId })
  const asked = (await kiosk.delivery.attempt({ attemptId })).questions.map(({ id }) => id)
  await app.close()
  cpSync(alone, enrolled, { recursive: true })
  const database = await opened(enrolled)
  const enrolment = smallCentre().enrol()
  await enrolDatabase({ database, enrolment, identity: newIdentity(), clock: systemClock, by: null })
  await database.close()
  return { credentials, attemptId, asked }
}

const { credentials, attemptId, asked } = await prepared()

async function savesIn(dataDir: string, offset: number) {
  const app = await createApp({ dataDir, keys: keysOf(dataDir) })
  const kiosk = visitorOf(app, credentials)
  const save = (run: number) =>
    kiosk.delivery.saveAnswer({
      attemptId: attemptId + offset,
      questionId: (asked[run % asked.length] ?? 0) + offset,
      answer: answers[run % 2] ?? '',
      edit: run + 1,
    })
  return { app, save }
}

const [one, other] = [await savesIn(alone, 0), await savesIn(enrolled, block)]
const saves = await measure(2000, { alone: one.save, enrolled: other.save })
await one.app.close()
await other.app.close()

const times = (slow: number[], fast: number[]) =>
  Math.round((percentile(slow, 50) / percentile(fast, 50)) * 1000) / 1000
report('capture: answer save of a database that stands alone', summary(saves.alone))
report('capture: answer save of one that belongs to a centre', {
  ...summary(saves.enrolled),
  timesAlone: times(saves.enrolled, saves.alone),
  aim: 'at most 1.1',
})

/** Rows of people's answers, in one transaction. */
async function bulkIn({ connection, write }: DatabaseFile) {
  const organization = connection.prepare('SELECT organization_id FROM responses LIMIT 1').pluck().get()
  const insert = connection.prepare(
    'INSERT INTO responses (id, organization_id, answer, is_correct, points_earned, credit, time_spent, edit) VALUES (?, ?, ?, 1, 2, 1, 40, 1)',
  )
  return () =>
    write(async (db) => {
      for (const id of await mintIds(db, 'responses', rows)) insert.run(id, organization, 'An answer of a few words')
    })
}

const [plain, captured] = [await opened(alone), await opened(enrolled)]
const bulk = await measure(10, { alone: await bulkIn(plain), enrolled: await bulkIn(captured) })
report(`capture: insert of ${rows} rows`, {
  aloneRowsPerSecond: Math.round(rows / (percentile(bulk.alone, 50) / 1000)),
  enrolledRowsPerSecond: Math.round(rows / (percentile(bulk.enrolled, 50) / 1000)),
  timesAlone: times(bulk.enrolled, bulk.alone),
  aim: 'at most 2',
})
await plain.close()

/** How long somebody waits who writes while the thread seals what is there and puts in what a large centre has. */
async function waitsWhileSyncing(database: DatabaseFile) {
  let isDone = false
  let failure: unknown
  const began = performance.now()
  const background = startBackground({
    database,
    app: 'bench',
    way: new URL('../support/full-centre-way.ts', import.meta.url).href,
    onOutcome: async () => void (isDone = true),
    onFailure: async (error) => void (failure = error),
  })
  background.now()
  const waits: number[] = []
  while (!isDone && !failure) {
    const asked = performance.now()
    await database.write(async () => void waits.push(performance.now() - asked))
    await pause(1)
  }
  await background.stop()
  if (failure) throw failure
  return { waits, seconds: (performance.now() - began) / 1000 }
}

const { waits, seconds } = await waitsWhileSyncing(captured)
const round = (ms: number) => Math.round(ms * 100) / 100
report('sync: waits of a write while the thread works', {
  ...summary(waits),
  p999Ms: round(percentile(waits, 99.9)),
  longestMs: round(Math.max(...waits)),
  pulledRows: centreRows,
  seconds: round(seconds),
  aim: 'at most 25 ms',
})
await captured.close()
for (const folder of folders) rmSync(folder, { recursive: true })
