import { expect, it } from 'vitest'
import { testApp } from '../support/app.ts'
import { choice, essay, publishedAssessment, seatedKiosk, testCentre } from '../support/centre.ts'
import { testClock } from '../support/clock.ts'
import { refusalKey } from '../support/refusal.ts'

/** A learner changes the first answer after twenty seconds, is paused, and writes the second. */
async function typed() {
  const clock = testClock()
  const app = await testApp({ clock })
  const { admin } = await testCentre(app)
  const { id: assessmentId, questionIds } = await publishedAssessment(admin, [choice, essay])
  const { kiosk } = await seatedKiosk(app, admin)
  const { attemptId } = await kiosk.delivery.begin({ assessmentId })
  const [first = 0, second = 0] = questionIds
  const work = async (seconds: number) => {
    for (let passed = 0; passed < seconds; passed += 10) {
      clock.pass(10_000)
      await kiosk.delivery.stay({ attemptId, questionId: first })
    }
  }
  await kiosk.delivery.saveAnswer({ attemptId, questionId: first, answer: 'a', edit: 1 })
  await work(20)
  await kiosk.delivery.saveAnswer({ attemptId, questionId: first, answer: 'b', edit: 3 })
  await admin.supervision.pause({ attemptId })
  clock.pass(60_000)
  await kiosk.delivery.stay({ attemptId, questionId: first })
  await admin.supervision.resume({ attemptId })
  await work(10)
  await kiosk.delivery.saveAnswer({ attemptId, questionId: second, answer: 'Because', edit: 1 })
  return { app, admin, kiosk, attemptId, first, second }
}

it('is not for learners', async () => {
  const { app, kiosk, attemptId } = await typed()
  await using _ = app
  expect(await refusalKey(kiosk.results.replay({ attemptId }))).toBe('door.forbidden')
})

it('tells every saved state of every answer with its exam time, and what happened in between', async () => {
  const { app, admin, attemptId, first, second } = await typed()
  await using _ = app
  const replay = await admin.results.replay({ attemptId })
  expect(replay.states).toMatchObject([
    { questionId: first, answer: 'a', usedMs: 0 },
    { questionId: first, answer: 'b', usedMs: 20_000 },
    { questionId: second, answer: 'Because', usedMs: 30_000 },
  ])
  expect(replay.incidents).toMatchObject([{ kind: 'paused', usedMs: 20_000 }])
  expect(replay.questions).toMatchObject([
    { id: first, answer: 'b', isJournalled: true },
    { id: second, answer: 'Because', isJournalled: true },
  ])
  expect(replay.usedMs).toBeGreaterThanOrEqual(30_000)
})

it('says of which answers this machine has no journal', async () => {
  const { app, admin, attemptId, first, second } = await typed()
  await using _ = app
  await app.withDatabase((db) =>
    db
      .deleteFrom('answer_edits')
      .where('response_id', 'in', (of) => of.selectFrom('responses').select('id').where('question_id', '=', second))
      .execute(),
  )
  const { questions, states } = await admin.results.replay({ attemptId })
  expect(questions).toMatchObject([{ isJournalled: true }, { answer: 'Because', isJournalled: false }])
  expect(states.map(({ questionId }) => questionId)).toEqual([first, first])
})
