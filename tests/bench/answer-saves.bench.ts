import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { openConnection } from '../../main/database/open.ts'
import { type Client, visitorOf } from '../support/app.ts'
import { choice, publishedAssessment, seatedKiosk, shortAnswer, testCentre } from '../support/centre.ts'
import { testHost } from '../support/host.ts'
import { measure, percentile, report, summary } from './measure.ts'

const runs = 2000
const questions = Array.from({ length: 20 }, (_, index) => (index % 2 ? choice : shortAnswer))
const answers = ['a', 'b']

/** The floor: one row of the same size in one table with the same settings, one commit each, nothing around it. */
function rawSaves(dataDir: string) {
  const connection = openConnection(join(dataDir, 'floor.db'), randomBytes(32))
  connection.exec(`CREATE TABLE answers (
    id INTEGER PRIMARY KEY, attempt_id INTEGER, question_id INTEGER, answer TEXT, edit INTEGER, updated_at TEXT,
    UNIQUE (attempt_id, question_id)
  ) STRICT`)
  const save = connection.prepare(`INSERT INTO answers (attempt_id, question_id, answer, edit, updated_at)
    VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET answer = excluded.answer, edit = excluded.edit`)
  return {
    save: (run: number) => save.run(1, run % 20, answers[run % 2], run, new Date().toISOString()),
    [Symbol.dispose]: () => connection.close(),
  }
}

/** Saves of one learner's attempt, one after the other. */
async function attemptSaves(kiosk: Client, assessmentId: number) {
  const { attemptId } = await kiosk.delivery.begin({ assessmentId })
  const asked = (await kiosk.delivery.attempt({ attemptId })).questions.map((question) => question.id)
  return (run: number) => {
    const questionId = asked[run % asked.length] ?? 0
    return kiosk.delivery.saveAnswer({ attemptId, questionId, answer: answers[run % 2] ?? '', edit: run + 1 })
  }
}

await using host = await testHost()
const inProcess = { visitor: () => visitorOf(host.app) }
const { admin } = await testCentre(inProcess)
const { id: assessmentId } = await publishedAssessment(admin, questions)
const { kiosk } = await seatedKiosk(inProcess, admin)
const { kiosk: browser } = await seatedKiosk({ visitor: () => host.client() as Client }, admin, 'Hugo over HTTP')

using raw = rawSaves(host.dataDir)
const measured = await measure(runs, {
  floor: raw.save,
  door: await attemptSaves(kiosk, assessmentId),
  http: await attemptSaves(browser, assessmentId),
})

const data = '20 questions, one learner at a time; encrypted, WAL, synchronous=FULL'
const timesFloor = (durations: number[]) =>
  Math.round((percentile(durations, 50) / percentile(measured.floor, 50)) * 100) / 100
report('answer save: floor, raw better-sqlite3', {
  ...summary(measured.floor),
  data: 'one row a commit, same settings',
})
report('answer save: through the door', {
  ...summary(measured.door),
  timesFloor: timesFloor(measured.door),
  aimTimesFloor: 1.5,
  isWithinAim: timesFloor(measured.door) <= 1.5,
  data,
})
report('answer save: over HTTP', { ...summary(measured.http), timesFloor: timesFloor(measured.http), data })
