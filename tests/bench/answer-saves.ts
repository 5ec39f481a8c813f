import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { openConnection } from '../../main/database/open.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { choice, publishedAssessment, seatedKiosk, shortAnswer, testCentre } from '../support/centre.ts'
import { measureInTurn, percentile, report, summary } from './measure.ts'

const runs = 2000
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

async function runningAttempt(app: TestApp) {
  const { admin } = await testCentre(app)
  const questions = Array.from({ length: 20 }, (_, index) => (index % 2 ? choice : shortAnswer))
  const { id: assessmentId, questionIds } = await publishedAssessment(admin, questions)
  const { kiosk } = await seatedKiosk(app, admin)
  const { attemptId } = await kiosk.delivery.begin({ assessmentId })
  return { kiosk, attemptId, questionIds }
}

await using app = await testApp()
using raw = rawSaves(app.dataDir)
const { kiosk, attemptId, questionIds } = await runningAttempt(app)
const [floor, door] = await measureInTurn(runs, raw.save, (run) => {
  const questionId = questionIds[run % 20] ?? 0
  return kiosk.delivery.saveAnswer({ attemptId, questionId, answer: answers[run % 2] ?? '', edit: run + 1 })
})

const floorP50 = percentile(floor, 50)
report('answer save, raw better-sqlite3 (floor)', { ...summary(floor), data: '1 row per commit, encrypted, WAL, FULL' })
report('answer save, through the door', {
  ...summary(door),
  data: '20 questions, 1 learner',
  timesFloor: Math.round((percentile(door, 50) / floorP50) * 100) / 100,
  aim: 'p50 within 1.5 times the floor',
})
