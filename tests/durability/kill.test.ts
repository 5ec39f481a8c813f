import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { type TestApp, testApp } from '../support/app.ts'
import { essay, publishedAssessment, testCentre } from '../support/centre.ts'

const kills = Number(process.env.BDC_KILLS ?? 15)
const program = join(import.meta.dirname, 'answering-learner.ts')

/** Lets the learner answer for a random while, kills the program, and returns the last acknowledged edit of each question. */
async function answerUntilKilled(dataDir: string, email: string, firstEdit: number) {
  const child = spawn(process.execPath, [program, dataDir, email, String(firstEdit)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = new Promise((resolve) => child.once('exit', resolve))
  const saved = new Map<number, number>()
  let isFirst = true
  for await (const line of createInterface({ input: child.stdout })) {
    const [, questionId, edit] = /^saved (\d+) (\d+)$/.exec(line) ?? []
    saved.set(Number(questionId), Number(edit))
    if (isFirst) void pause(Math.random() * 150).then(() => child.kill('SIGKILL'))
    isFirst = false
  }
  await exited
  return saved
}

/** What a trainer does after a power cut: the learner may go on at another machine. */
function releaseSeats(app: TestApp) {
  return app.withDatabase((db) => db.updateTable('attempt_seats').set({ session_id: null }).execute())
}

/** The stored edits by question, after a check of the whole file. */
async function storedEdits(app: TestApp) {
  return app.withDatabase(async (db) => {
    const rows = await db.selectFrom('responses').select(['question_id', 'edit', 'answer']).execute()
    for (const row of rows) expect(row.answer).toBe(`answer ${row.edit}`)
    return new Map(rows.map((row) => [row.question_id, row.edit]))
  })
}

it(`keeps every acknowledged answer through ${kills} kills`, { timeout: 60_000 + kills * 10_000 }, async () => {
  await using app = await testApp()
  const { admin, email } = await testCentre(app)
  await admin.beneficiaries.create({ name: 'Lina Learner' })
  await publishedAssessment(admin, [essay, essay, essay, essay])
  await app.pause()

  let acknowledged = 0
  let edit = 1
  for (let kill = 0; kill < kills; kill++) {
    const saved = await answerUntilKilled(app.dataDir, email, edit)
    expect(saved.size).toBeGreaterThan(0)
    const stored = await storedEdits(app)
    await releaseSeats(app)
    for (const [questionId, savedEdit] of saved) expect(stored.get(questionId)).toBeGreaterThanOrEqual(savedEdit)
    acknowledged += Math.max(...saved.values()) - edit + 1
    edit = Math.max(...stored.values()) + 1
  }
  expect(acknowledged).toBeGreaterThan(kills)
})
