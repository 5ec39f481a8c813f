import { join } from 'node:path'
import { type App, createApp } from '../../main/app.ts'
import { keyFile } from '../../main/database/key.ts'
import { type Client, memoryCredentials, quickPasswords, visitorOf } from '../support/app.ts'
import { answerOf, type Mark } from './marks.ts'
import '../support/keep-compiled.ts'

/** What the program is told. */
export interface ClassOrder {
  dataDir: string
  /** The cookie of each learner's kiosk. */
  tokens: string[]
  assessmentId: number
  /** Higher than any edit before. */
  firstEdit: number
  /** So much later than it is, so that the time in which nothing ran is worth a line. */
  laterMs: number
}

/** What the program says: a line of JSON each, after the door has said so, and before what is about to happen. */
export type Said = { mark: Mark } | { alive: number } | { about: 'begin' | 'handIn' }

/** A program of its own: learners at their kiosks answer, flag, hand in and begin again without end. */
const order = JSON.parse(process.argv[2] ?? '') as ClassOrder
const app = await createApp({
  dataDir: order.dataDir,
  keys: keyFile(join(order.dataDir, 'bdc.key')),
  clock: { now: () => new Date(Date.now() + order.laterMs), monotonic: () => performance.now() },
  passwords: quickPasswords,
})
let edit = order.firstEdit

function say(said: Said) {
  process.stdout.write(`${JSON.stringify(said)}\n`)
}

await Promise.all(order.tokens.map((token) => sitThrough(learnerWith(app, token))))

function learnerWith(app: App, token: string) {
  const credentials = memoryCredentials()
  credentials.write(token, { lasting: false })
  return visitorOf(app, credentials)
}

async function sitThrough({ delivery }: Client) {
  for (;;) {
    say({ about: 'begin' })
    const { attemptId } = await delivery.begin({ assessmentId: order.assessmentId })
    say({ mark: { kind: 'begun', attemptId } })
    const { questions } = await delivery.attempt({ attemptId })
    await delivery.stay({ attemptId, questionId: questions[0]?.id ?? 0 })
    say({ alive: attemptId })
    await answer(delivery, attemptId, questions)
    say({ about: 'handIn' })
    await delivery.handIn({ attemptId })
    say({ mark: { kind: 'handedIn', attemptId } })
  }
}

async function answer(delivery: Client['delivery'], attemptId: number, questions: { id: number }[]) {
  for (let round = 0; round === 0 || Math.random() > 0.01; round++) {
    const questionId = questions[Math.floor(Math.random() * questions.length)]?.id ?? 0
    if (Math.random() < 0.1) {
      const isFlagged = Math.random() < 0.5
      await delivery.flag({ attemptId, questionId, isFlagged })
      say({ mark: { kind: 'flagged', attemptId, questionId, isFlagged } })
    }
    edit += 1
    const own = edit
    await delivery.saveAnswer({ attemptId, questionId, answer: answerOf(own), edit: own })
    say({ mark: { kind: 'saved', attemptId, questionId, edit: own } })
  }
}
