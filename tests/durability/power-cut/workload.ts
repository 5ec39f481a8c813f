import { join } from 'node:path'
import { type App, createApp } from '../../../main/app.ts'
import type { Clock } from '../../../main/clock.ts'
import { keyFile } from '../../../main/database/key.ts'
import { type Client, quickPasswords, visitorOf } from '../../support/app.ts'
import { chanceFrom } from '../chance.ts'
import { kiosksWithLearners } from '../kiosks.ts'
import { answerOf, markWriter } from '../marks.ts'

/**
 * A program of its own: a day at a centre on the real app. A trainer publishes, learners begin, answer, flag, give signs of
 * life and hand in, all at once; the program is closed and opened again in between. Every acknowledgement leaves a mark.
 */
const [dataDir = '', marksFile = '', seed = '1', size = '1'] = process.argv.slice(2)
const learners = 5
const roundsOfOne = 10 * Number(size)

const mark = markWriter(marksFile)
const chance = chanceFrom(`workload ${seed}`)
const clock = startingAnHourAgo()
/** The edits of each learner have their own numbers, so that no two answers are alike. */
interface Edits {
  last: number
}

/** Time passes when the workload says so, so that one seed always writes the same times. */
function startingAnHourAgo() {
  const start = Date.now() - 3_600_000
  let passed = 0
  return {
    now: () => new Date(start + passed),
    monotonic: () => passed,
    pass(milliseconds: number) {
      passed += milliseconds
    },
  } satisfies Clock & { pass(milliseconds: number): void }
}

function open(): Promise<App> {
  return createApp({ dataDir, keys: keyFile(join(dataDir, 'bdc.key')), clock, passwords: quickPasswords })
}

async function answerForAWhile(learner: Client, assessmentId: number, edits: Edits, isEnding: boolean) {
  const { attemptId } = await learner.delivery.begin({ assessmentId })
  mark({ kind: 'begun', attemptId })
  const asked = (await learner.delivery.attempt({ attemptId })).questions
  for (let round = 0; round < roundsOfOne; round++) {
    clock.pass(500 + chance.below(1_500))
    const questionId = chance.of(asked).id
    await act(learner, { attemptId, questionId, edit: ++edits.last })
  }
  if (!isEnding) return
  await learner.delivery.handIn({ attemptId })
  mark({ kind: 'handedIn', attemptId })
}

async function act(
  learner: Client,
  { attemptId, questionId, edit }: { attemptId: number; questionId: number; edit: number },
) {
  const what = chance.below(10)
  if (what === 0) {
    const isFlagged = chance.below(2) === 0
    await learner.delivery.flag({ attemptId, questionId, isFlagged })
    mark({ kind: 'flagged', attemptId, questionId, isFlagged })
  } else if (what === 1) {
    await learner.delivery.stay({ attemptId, questionId })
  } else {
    await learner.delivery.saveAnswer({ attemptId, questionId, answer: answerOf(edit), edit })
    mark({ kind: 'saved', attemptId, questionId, edit })
  }
}

let app = await open()
const { admin, assessmentId, seats } = await kiosksWithLearners(app, learners, mark)
const edits = seats.map((_, index): Edits => ({ last: index * 100_000 }))
for (let sitting = 0; sitting < 4; sitting++) {
  const running = app
  const visits = edits.map((own, index) => {
    const learner = visitorOf(running, seats[index])
    return answerForAWhile(learner, assessmentId, own, (sitting + index) % 3 !== 0)
  })
  const trainer = visitorOf(running, admin)
  await trainer.supervision.pause({ assessmentId })
  await trainer.supervision.resume({ assessmentId })
  await Promise.all(visits)
  await trainer.supervision.giveTime({ assessmentId, minutes: 5 })
  if (sitting !== 1) continue
  await app.close()
  app = await open()
}
// Ends without closing, as a power cut would find it.
process.exit(0)
