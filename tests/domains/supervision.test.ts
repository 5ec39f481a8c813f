import { describe, expect, it } from 'vitest'
import { type Client, testApp } from '../support/app.ts'
import {
  choice,
  essay,
  password,
  publishedAssessment,
  seatedKiosk,
  secondCentre,
  testCentre,
  testTrainer,
} from '../support/centre.ts'
import { testClock } from '../support/clock.ts'
import { refusalKey } from '../support/refusal.ts'

const minute = 60_000

async function sitting({ timeLimit = 10 as number | null } = {}) {
  const clock = testClock()
  const app = await testApp({ clock })
  const { admin } = await testCentre(app)
  const { id: assessmentId, questionIds } = await publishedAssessment(admin, [choice, essay], { timeLimit })
  const { kiosk, beneficiaryId } = await seatedKiosk(app, admin)
  const { attemptId } = await kiosk.delivery.begin({ assessmentId })
  const [first = 0, second = 0] = questionIds
  let edit = 0
  const save = (answer: string, client = kiosk) =>
    client.delivery.saveAnswer({ attemptId, questionId: first, answer, edit: ++edit })
  const stay = (client = kiosk) => client.delivery.stay({ attemptId, questionId: first })
  /** The learner works for so long, with a sign of life every ten seconds. */
  const work = async (milliseconds: number) => {
    for (let passed = 0; passed < milliseconds; passed += 10_000) {
      clock.pass(10_000)
      await stay()
    }
  }
  const kinds = async () => (await admin.supervision.incidents({ attemptId })).map(({ kind }) => kind)
  return { app, clock, admin, kiosk, beneficiaryId, assessmentId, attemptId, first, second, save, stay, work, kinds }
}

describe('the hand of a trainer', () => {
  it('does not reach into another organization', async () => {
    const { app, attemptId, assessmentId, admin } = await sitting()
    await using _ = app
    const { admin: stranger } = await secondCentre(app)
    const calls = [
      stranger.supervision.incidents({ attemptId }),
      stranger.supervision.giveTime({ attemptId, minutes: 5 }),
      stranger.supervision.pause({ attemptId }),
      stranger.supervision.resume({ attemptId }),
      stranger.supervision.end({ attemptId, reason: 'No' }),
      stranger.supervision.reopen({ attemptId, reason: 'No' }),
      stranger.supervision.moveCode({ attemptId }),
      stranger.supervision.releaseSeat({ attemptId }),
    ]
    for (const call of calls) expect(await refusalKey(call)).toBe('attempt.notFound')
    expect(await refusalKey(stranger.supervision.pause({ assessmentId }))).toBe('assessment.notFound')
    expect(await admin.supervision.incidents({ attemptId })).toEqual([])
  })

  it('is not the hand of a learner', async () => {
    const { app, kiosk, attemptId } = await sitting()
    await using _ = app
    expect(await refusalKey(kiosk.supervision.giveTime({ attemptId, minutes: 5 }))).toBe('door.forbidden')
  })

  it('gives extra time to one or to all, and says so', async () => {
    const { app, admin, kiosk, assessmentId, attemptId, stay, kinds } = await sitting()
    await using _ = app
    expect(await admin.supervision.giveTime({ attemptId, minutes: 5 })).toEqual({ attempts: 1 })
    expect((await stay()).remainingMs).toBe(15 * minute)
    expect(await admin.supervision.giveTime({ assessmentId, minutes: 1 })).toEqual({ attempts: 1 })
    expect((await kiosk.delivery.attempt({ attemptId })).remainingMs).toBe(16 * minute)
    expect(await kinds()).toEqual(['extra_time', 'extra_time'])
  })

  it('has no time to give where there is no limit', async () => {
    const { app, admin, attemptId, kinds } = await sitting({ timeLimit: null })
    await using _ = app
    expect(await admin.supervision.giveTime({ attemptId, minutes: 5 })).toEqual({ attempts: 0 })
    expect(await kinds()).toEqual([])
  })

  it('stops the clock in a pause, and an answer that was on its way still arrives', async () => {
    const { app, admin, kiosk, attemptId, save, stay, work } = await sitting()
    await using _ = app
    await stay()
    await work(minute)
    await admin.supervision.pause({ attemptId })
    expect(await stay()).toMatchObject({ isPaused: true, remainingMs: 9 * minute })
    expect(await save('b')).toMatchObject({ isKept: true })
    await work(5 * minute)
    expect(await kiosk.delivery.attempt({ attemptId })).toMatchObject({ isPaused: true, remainingMs: 9 * minute })
    await admin.identity.unlock({ password })
    await admin.supervision.resume({ attemptId })
    expect(await stay()).toMatchObject({ isPaused: false, remainingMs: 9 * minute })
    expect(await admin.supervision.incidents({ attemptId })).toMatchObject([
      { kind: 'paused', lostMs: 5 * minute, by: 'Ada Admin' },
    ])
    expect((await kiosk.delivery.attempt({ attemptId })).givenBackMs).toBe(5 * minute)
  })

  it('ends an attempt as it is, whatever must be answered', async () => {
    const { app, admin, kiosk, attemptId, kinds } = await sitting()
    await using _ = app
    expect(await admin.supervision.end({ attemptId, reason: 'Left the room' })).toEqual({ state: 'graded' })
    expect(
      await kiosk.delivery.stay({
        attemptId,
        questionId: (await kiosk.delivery.attempt({ attemptId })).questions[0]?.id ?? 0,
      }),
    ).toMatchObject({ state: 'graded' })
    expect(await kinds()).toEqual(['ended'])
    expect(await refusalKey(admin.supervision.end({ attemptId, reason: 'Again' }))).toBe('attempt.notRunning')
  })

  it('reopens with a reason: the result is withdrawn and the time goes on where it was', async () => {
    const { app, admin, kiosk, attemptId, save, stay, work, kinds } = await sitting()
    await using _ = app
    await stay()
    await work(minute)
    await save('b')
    await kiosk.delivery.handIn({ attemptId })
    await admin.supervision.reopen({ attemptId, reason: 'Handed in by mistake' })
    expect(await admin.results.attempt({ attemptId })).toMatchObject({ state: 'running', score: null })
    expect(await kiosk.delivery.attempt({ attemptId })).toMatchObject({ state: 'running', remainingMs: 9 * minute })
    expect(await save('a')).toMatchObject({ isKept: true })
    expect(await kinds()).toEqual(['reopened'])
  })

  it('asks for minutes before it reopens what has no time left', async () => {
    const { app, admin, kiosk, attemptId, stay, work, save } = await sitting({ timeLimit: 1 })
    await using _ = app
    await save('b')
    await stay()
    await work(minute)
    await kiosk.delivery.handIn({ attemptId })
    expect(await refusalKey(admin.supervision.reopen({ attemptId, reason: 'Noise' }))).toBe('attempt.noTimeLeft')
    await admin.supervision.reopen({ attemptId, reason: 'Noise', minutes: 3 })
    expect((await stay()).remainingMs).toBe(3 * minute)
  })

  it('does not reopen beside an attempt that runs', async () => {
    const app = await testApp()
    await using _ = app
    const { admin } = await testCentre(app)
    const { id: assessmentId } = await publishedAssessment(admin, [{ ...choice, required: false }], {
      attemptsAllowed: 2,
    })
    const { kiosk } = await seatedKiosk(app, admin)
    const { attemptId } = await kiosk.delivery.begin({ assessmentId })
    await kiosk.delivery.handIn({ attemptId })
    await kiosk.delivery.begin({ assessmentId })
    expect(await refusalKey(admin.supervision.reopen({ attemptId, reason: 'x' }))).toBe('attempt.alreadyRunning')
  })
})

describe('lost time leaves a line', () => {
  it('when the seat was away, with what did not count', async () => {
    const { app, clock, admin, attemptId, stay } = await sitting()
    await using _ = app
    await stay()
    clock.pass(5 * minute)
    expect((await stay()).remainingMs).toBe(10 * minute - 15_000)
    await admin.identity.unlock({ password })
    expect(await admin.supervision.incidents({ attemptId })).toMatchObject([
      { kind: 'away', lostMs: 5 * minute - 15_000, by: null },
    ])
  })

  it('when the program was not running', async () => {
    const { app, clock, admin, attemptId, stay, work } = await sitting()
    await using _ = app
    await stay()
    await work(minute)
    clock.pass(20 * minute)
    await app.restart()
    expect((await stay()).remainingMs).toBe(9 * minute)
    await admin.identity.unlock({ password })
    expect(await admin.supervision.incidents({ attemptId })).toMatchObject([{ kind: 'restart', lostMs: 20 * minute }])
  })

  it('when the wall clock was set, and the exam time does not care', async () => {
    const { app, clock, admin, attemptId, stay } = await sitting()
    await using _ = app
    await stay()
    clock.setWall('2026-03-01T12:00:00.000Z')
    clock.pass(10_000)
    expect((await stay()).remainingMs).toBe(10 * minute - 10_000)
    await admin.identity.unlock({ password })
    expect(await admin.supervision.incidents({ attemptId })).toMatchObject([{ kind: 'clock_jump', reason: '10800' }])
  })

  it('and none for an ordinary sitting', async () => {
    const { app, stay, work, kinds } = await sitting()
    await using _ = app
    await stay()
    await work(3 * minute)
    expect(await kinds()).toEqual([])
  })
})

describe('one seat', () => {
  async function twoSeats() {
    const first = await sitting()
    const neighbour = await testTrainer(first.app, first.admin)
    await neighbour.identity.openKiosk()
    await neighbour.delivery.sitDown({ beneficiaryId: first.beneficiaryId })
    return { ...first, neighbour }
  }

  it('writes: another is sent to the trainer, and sees nothing of the attempt', async () => {
    const { app, neighbour, attemptId, save, stay } = await twoSeats()
    await using _ = app
    await stay()
    expect(await refusalKey(neighbour.delivery.attempt({ attemptId }))).toBe('attempt.otherSeat')
    expect(await refusalKey(stay(neighbour))).toBe('attempt.otherSeat')
    expect(await refusalKey(save('b', neighbour))).toBe('attempt.otherSeat')
    expect(await refusalKey(neighbour.delivery.handIn({ attemptId }))).toBe('attempt.otherSeat')
  })

  it('moves to the next chair with a code, and what the old one had typed still arrives', async () => {
    const { app, admin, kiosk, neighbour, attemptId, first, save, stay, kinds } = await twoSeats()
    await using _ = app
    await save('a')
    const { code } = await admin.supervision.moveCode({ attemptId })
    expect(await neighbour.delivery.takeSeat({ attemptId, code })).toEqual({ isTaken: true, triesLeft: 0 })
    expect(await neighbour.delivery.attempt({ attemptId })).toMatchObject({
      answers: [{ questionId: first, answer: 'a' }],
    })
    expect(await refusalKey(stay(kiosk))).toBe('attempt.otherSeat')
    expect(await save('b', kiosk)).toMatchObject({ isKept: true })
    expect(await stay(neighbour)).toMatchObject({ state: 'running' })
    expect(await kinds()).toEqual(['moved'])
    expect(await neighbour.delivery.takeSeat({ attemptId, code })).toMatchObject({ isTaken: false })
  })

  it('tells the next chair what the old one delivered late, and never puts that over what was answered since', async () => {
    const { app, clock, admin, kiosk, neighbour, attemptId, first, stay } = await twoSeats()
    await using _ = app
    const answer = (device: Client, text: string, edit: number) =>
      device.delivery.saveAnswer({ attemptId, questionId: first, answer: text, edit })
    await answer(kiosk, 'a', 1)
    const { code } = await admin.supervision.moveCode({ attemptId })
    clock.pass(1_000)
    await neighbour.delivery.takeSeat({ attemptId, code })
    expect(await stay(neighbour)).toMatchObject({ stored: [{ questionId: first, edit: 1 }] })

    clock.pass(1_000)
    await answer(kiosk, 'typed before the move', 4)
    clock.pass(1_000)
    await answer(kiosk, 'and its last letters', 5)
    expect(await stay(neighbour)).toMatchObject({ stored: [{ questionId: first, edit: 5 }] })

    clock.pass(1_000)
    expect(await answer(neighbour, 'answered since', 6)).toMatchObject({ isKept: true })
    expect(await refusalKey(answer(kiosk, 'much later', 9))).toBe('attempt.otherSeat')
    expect(await neighbour.delivery.attempt({ attemptId })).toMatchObject({ answers: [{ answer: 'answered since' }] })
  })

  it('gives a code five tries and ten minutes', async () => {
    const { app, clock, admin, neighbour, attemptId } = await twoSeats()
    await using _ = app
    const { code } = await admin.supervision.moveCode({ attemptId })
    const wrong = code === '000000' ? '000001' : '000000'
    for (const triesLeft of [4, 3, 2, 1, 0]) {
      expect(await neighbour.delivery.takeSeat({ attemptId, code: wrong })).toEqual({ isTaken: false, triesLeft })
    }
    expect(await neighbour.delivery.takeSeat({ attemptId, code })).toEqual({ isTaken: false, triesLeft: 0 })

    const { code: fresh } = await admin.supervision.moveCode({ attemptId })
    clock.pass(10 * minute)
    expect(await neighbour.delivery.takeSeat({ attemptId, code: fresh })).toEqual({ isTaken: false, triesLeft: 0 })
  })

  it('is free when the learner stood up there, or the trainer released it', async () => {
    const { app, admin, kiosk, neighbour, beneficiaryId, attemptId, stay } = await twoSeats()
    await using _ = app
    await kiosk.delivery.standUp()
    expect(await stay(neighbour)).toMatchObject({ state: 'running' })
    await kiosk.delivery.sitDown({ beneficiaryId })
    expect(await refusalKey(stay(kiosk))).toBe('attempt.otherSeat')
    await admin.supervision.releaseSeat({ attemptId })
    expect(await stay(kiosk)).toMatchObject({ state: 'running' })
  })
})

describe('an answer receipt', () => {
  async function handedIn() {
    const all = await sitting()
    await all.save('b')
    await all.kiosk.delivery.handIn({ attemptId: all.attemptId })
    const { receipt } = await all.kiosk.delivery.outcome({ attemptId: all.attemptId })
    return { ...all, code: receipt?.code ?? '' }
  }

  it('is unknown when nobody gave it, or another organization did', async () => {
    const { app, admin, code } = await handedIn()
    await using _ = app
    expect(await admin.supervision.checkReceipt({ code: '0000-0000-0000' })).toEqual({ verdict: 'unknown' })
    expect(await admin.supervision.checkReceipt({ code: 'hello' })).toEqual({ verdict: 'unknown' })
    const { admin: stranger } = await secondCentre(app)
    expect(await stranger.supervision.checkReceipt({ code })).toEqual({ verdict: 'unknown' })
  })

  it('matches what was handed in, however it is typed', async () => {
    const { app, admin, attemptId, code } = await handedIn()
    await using _ = app
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/)
    const typed = code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')
    expect(await admin.supervision.checkReceipt({ code: typed })).toMatchObject({
      verdict: 'matches',
      code,
      attemptId,
      beneficiaryName: 'Lina Learner',
    })
  })

  it('tells when somebody changed an answer afterwards', async () => {
    const { app, admin, attemptId, code } = await handedIn()
    await using _ = app
    await app.withDatabase((db) =>
      db.updateTable('responses').set({ answer: 'a' }).where('attempt_id', '=', attemptId).execute(),
    )
    expect(await admin.supervision.checkReceipt({ code })).toMatchObject({ verdict: 'changed' })
  })

  it('is superseded by the next one after a reopening', async () => {
    const { app, clock, admin, kiosk, attemptId, save, code } = await handedIn()
    await using _ = app
    clock.pass(minute)
    await admin.supervision.reopen({ attemptId, reason: 'Mistake' })
    expect(await admin.supervision.checkReceipt({ code })).toMatchObject({ verdict: 'superseded' })
    await save('a')
    await kiosk.delivery.handIn({ attemptId })
    const { receipt } = await kiosk.delivery.outcome({ attemptId })
    expect(receipt?.code).not.toBe(code)
    expect(await admin.supervision.checkReceipt({ code: receipt?.code ?? '' })).toMatchObject({ verdict: 'matches' })
    expect(await admin.supervision.checkReceipt({ code })).toMatchObject({ verdict: 'superseded' })
  })
})

it('flags questions to come back to, and takes flags away', async () => {
  const { app, kiosk, attemptId, first, second } = await sitting()
  await using _ = app
  await kiosk.delivery.flag({ attemptId, questionId: first, isFlagged: true })
  await kiosk.delivery.flag({ attemptId, questionId: second, isFlagged: true })
  await kiosk.delivery.flag({ attemptId, questionId: first, isFlagged: false })
  expect((await kiosk.delivery.attempt({ attemptId })).flagged).toEqual([second])
  expect(await refusalKey(kiosk.delivery.flag({ attemptId, questionId: 999, isFlagged: true }))).toBe(
    'question.notFound',
  )
})

it('keeps every edit of an answer with its exam time', async () => {
  const { app, attemptId, save, stay, work } = await sitting()
  await using _ = app
  await stay()
  await save('a')
  await work(20_000)
  await save('b')
  const edits = await app.withDatabase((db) =>
    db
      .selectFrom('answer_edits')
      .innerJoin('responses', 'responses.id', 'answer_edits.response_id')
      .select(['answer_edits.edit', 'answer_edits.answer', 'answer_edits.used_ms as usedMs'])
      .where('responses.attempt_id', '=', attemptId)
      .orderBy('answer_edits.edit')
      .execute(),
  )
  expect(edits).toEqual([
    { edit: 1, answer: 'a', usedMs: 0 },
    { edit: 2, answer: 'b', usedMs: 20_000 },
  ])
})
