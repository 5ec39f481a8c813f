import { ORPCError } from '@orpc/client'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type AttemptCalls, createAttemptSession } from '../../renderer/features/kiosk/attempt-session.ts'
import { remainingAt } from '../../renderer/features/kiosk/exam-clock.ts'
import { diskTroubleOf } from '../../renderer/lib/refusal.ts'
import type { Attempt, PaperQuestion, SaveAnswer } from '../../shared/contract/delivery.ts'
import { refused } from './line.ts'

const asked = (id: number): PaperQuestion => ({ id, type: 'essay', text: `Question ${id}`, points: 1, required: false })
const attempt: Attempt = {
  id: 1,
  title: 'Welding',
  state: 'running',
  attemptNumber: 1,
  remainingMs: null,
  isPaused: false,
  givenBackMs: 0,
  flagged: [],
  currentQuestionId: null,
  questions: [asked(11), asked(12)],
  answers: [],
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** A core that can be away, with a clock of its own. */
function core({ remainingMs = null as number | null } = {}) {
  const state = {
    isAway: false,
    isDiskFull: false,
    isPaused: false,
    otherSeat: false,
    remainingMs,
    saved: [] as SaveAnswer[],
    stays: [] as number[],
    handIns: 0,
    flags: new Map<number, boolean>(),
    stored: [] as Attempt['answers'],
  }
  const reach = () => {
    if (state.isAway) throw new TypeError('Failed to fetch')
    if (state.isDiskFull) throw new ORPCError('SERVICE_UNAVAILABLE', { status: 503, data: { disk: 'full' } })
  }
  const calls: AttemptCalls = {
    async saveAnswer(input) {
      reach()
      state.saved.push(input)
      return {
        savedAt: '2026-11-23T08:00:00.000Z',
        remainingMs: state.remainingMs,
        isKept: true,
        storedEdit: input.edit,
      }
    },
    async stay({ questionId }) {
      reach()
      if (state.otherSeat) throw refused('attempt.otherSeat')
      state.stays.push(questionId)
      return { state: 'running', remainingMs: state.remainingMs, isPaused: state.isPaused, stored: state.stored }
    },
    async answers() {
      reach()
      return state.stored
    },
    async flag({ questionId, isFlagged }) {
      reach()
      state.flags.set(questionId, isFlagged)
    },
    async handIn({ shown }) {
      reach()
      const isShown = (one: Attempt['answers'][number]) =>
        shown.some(({ questionId, edit }) => questionId === one.questionId && edit >= one.edit)
      if (state.remainingMs !== 0 && !state.stored.every(isShown)) throw refused('attempt.answeredElsewhere')
      state.handIns += 1
      return { state: 'graded' }
    },
  }
  return { state, calls }
}

function sitting(calls: AttemptCalls, given: Partial<Attempt> = {}) {
  const session = createAttemptSession({ ...attempt, ...given }, calls, () => performance.now())
  const stop = session.start()
  return { ...session, stop, now: () => session.store.getState() }
}

it('does not hand in while an answer is not saved', async () => {
  const { state, calls } = core()
  const { drafts, handIn, now, stop } = sitting(calls)
  state.isAway = true
  drafts.write(11, 'a', 'now')
  handIn()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(now()).toMatchObject({ phase: 'handingIn', trouble: expect.any(TypeError) })

  state.isAway = false
  await vi.advanceTimersByTimeAsync(6_000)
  expect(state.saved).toMatchObject([{ questionId: 11, answer: 'a' }])
  expect(state.handIns).toBe(1)
  expect(now()).toMatchObject({ phase: 'over', trouble: null, lost: [] })
  stop()
})

it('lets the learner go on writing when the core insists on an answer', async () => {
  const { calls } = core()
  calls.handIn = () => Promise.reject(refused('attempt.requiredMissing'))
  const { handIn, now, stop } = sitting(calls)
  handIn()
  await vi.advanceTimersByTimeAsync(1_000)

  expect(now()).toMatchObject({ phase: 'writing', refusal: { key: 'attempt.requiredMissing' } })
  stop()
})

it('does not hand in while the core does not want one of the answers', async () => {
  const { state, calls } = core()
  calls.saveAnswer = () => Promise.reject(refused('door.tooLarge'))
  const { drafts, handIn, now, stop } = sitting(calls)
  drafts.write(11, 'a very long text', 'now')
  handIn()
  await vi.advanceTimersByTimeAsync(1_000)

  expect(now()).toMatchObject({ phase: 'writing', refusal: { key: 'door.tooLarge' } })
  expect(state.handIns).toBe(0)
  stop()
})

it('is over when somebody else sits here now', async () => {
  const { state, calls } = core()
  calls.stay = () => Promise.reject(refused('kiosk.nobodySeated'))
  const { now, stop } = sitting(calls)
  await vi.advanceTimersByTimeAsync(60_000)

  expect(now()).toMatchObject({ phase: 'over', refusal: { key: 'kiosk.nobodySeated' } })
  expect(state.handIns).toBe(0)
  stop()
})

it('waits for somebody whose session ended to sign in again', async () => {
  const { state, calls } = core()
  const { stay } = calls
  calls.stay = () => Promise.reject(refused('door.signInFirst'))
  const { now, stop } = sitting(calls)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(now()).toMatchObject({ phase: 'writing', trouble: refused('door.signInFirst') })

  calls.stay = stay
  await vi.advanceTimersByTimeAsync(5_000)
  expect(now().trouble).toBeNull()
  expect(state.stays).not.toEqual([])
  stop()
})

it('gives a sign of life every five seconds, and at once when the learner turns to another question', async () => {
  const { state, calls } = core()
  const { turnTo, stop } = sitting(calls)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(state.stays).toEqual([11, 11, 11])

  turnTo(12)
  await vi.advanceTimersByTimeAsync(0)
  expect(state.stays).toEqual([11, 11, 11, 12])

  stop()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(state.stays).toHaveLength(4)
})

it('begins at the question where the learner was last', () => {
  const { calls } = core()
  const { now, stop } = sitting(calls, { currentQuestionId: 12 })
  expect(now().currentId).toBe(12)
  stop()
})

it('sends what failed as soon as the core answers again', async () => {
  const { state, calls } = core()
  const { drafts, turnTo, now, stop } = sitting(calls)
  turnTo(12)
  state.isAway = true
  drafts.write(11, 'a', 'now')
  await vi.advanceTimersByTimeAsync(20_000)
  expect(now().trouble).toBeInstanceOf(TypeError)

  state.isAway = false
  turnTo(11)
  await vi.advanceTimersByTimeAsync(0)
  expect(now().trouble).toBeNull()
  expect(drafts.store.getState().drafts[11]).toMatchObject({ state: 'clean' })
  stop()
})

it('calls nothing saved while the disk of the core is full, goes on trying, and hands in once there is room', async () => {
  const { state, calls } = core()
  const { drafts, handIn, now, stop } = sitting(calls)
  state.isDiskFull = true
  drafts.write(11, 'a', 'now')
  await vi.advanceTimersByTimeAsync(30_000)
  expect(diskTroubleOf(now().trouble)).toBe('full')
  expect(drafts.store.getState().drafts[11]).toMatchObject({ state: 'failed', savedAt: null, refusal: null })
  handIn()
  await vi.advanceTimersByTimeAsync(30_000)
  expect(now()).toMatchObject({ phase: 'handingIn', refusal: null })

  state.isDiskFull = false
  await vi.advanceTimersByTimeAsync(30_000)
  expect(state.saved).toMatchObject([{ questionId: 11, answer: 'a' }])
  expect(now()).toMatchObject({ phase: 'over', trouble: null, lost: [] })
  stop()
})

it('hands in by itself when the time is up, with the letters that were typed last', async () => {
  const { state, calls } = core({ remainingMs: 10_000 })
  const { drafts, now, stop } = sitting(calls, { remainingMs: 10_000 })
  await vi.advanceTimersByTimeAsync(4_900)
  state.remainingMs = 5_000
  await vi.advanceTimersByTimeAsync(4_900)
  state.remainingMs = 0
  drafts.write(11, 'last wor', 'afterPause')
  await vi.advanceTimersByTimeAsync(500)

  expect(state.saved).toMatchObject([{ answer: 'last wor' }])
  expect(state.handIns).toBe(1)
  expect(now()).toMatchObject({ phase: 'over', lost: [] })
  stop()
})

it('hands in once more, and takes no more answers, when the clock of the core had a moment left', async () => {
  const { state, calls } = core({ remainingMs: 40 })
  const { handIn } = calls
  calls.handIn = (input) => {
    if (state.remainingMs === 0) return handIn(input)
    state.remainingMs = 0
    return Promise.reject(refused('attempt.requiredMissing'))
  }
  const { store, now, stop } = sitting(calls, { remainingMs: 40 })
  const phases = new Set<string>()
  store.subscribe(({ phase }, before) => phase !== before.phase && phases.add(phase))
  await vi.advanceTimersByTimeAsync(2_000)

  expect(state.handIns).toBe(1)
  expect([...phases]).toEqual(['timeIsUp', 'over'])
  expect(now().refusal).toBeNull()
  stop()
})

it('names the answers that came too late', async () => {
  const { calls } = core({ remainingMs: 60_000 })
  calls.saveAnswer = () => Promise.reject(refused('attempt.timeIsUp'))
  const { drafts, now, stop } = sitting(calls, { remainingMs: 60_000 })
  drafts.write(12, 'late', 'now')
  await vi.advanceTimersByTimeAsync(1_000)

  expect(now()).toMatchObject({ phase: 'over', lost: [12] })
  stop()
})

it('stops the clock of an attempt whose core is away, and goes by no wall clock', async () => {
  const { state, calls } = core({ remainingMs: 600_000 })
  const { now, stop } = sitting(calls, { remainingMs: 600_000 })
  await vi.advanceTimersByTimeAsync(0)
  state.isAway = true
  vi.setSystemTime('2031-01-01T00:00:00.000Z')
  await vi.advanceTimersByTimeAsync(300_000)

  expect(remainingAt(now().clock, performance.now())).toBe(585_000)
  stop()
})

it('says with each answer how long the question was looked at, and again when that did not arrive', async () => {
  const { state, calls } = core()
  const { drafts, turnTo, stop } = sitting(calls)
  await vi.advanceTimersByTimeAsync(20_000)
  turnTo(12)
  await vi.advanceTimersByTimeAsync(7_000)
  turnTo(11)
  await vi.advanceTimersByTimeAsync(1_000)
  state.isAway = true
  drafts.write(11, 'a', 'now')
  await vi.advanceTimersByTimeAsync(100)
  state.isAway = false
  await vi.advanceTimersByTimeAsync(400)

  expect(state.saved).toMatchObject([{ questionId: 11, seconds: 21.5 }])
  stop()
})

it('sends what was typed last when the screen is left', async () => {
  const { state, calls } = core()
  const { drafts, stop } = sitting(calls)
  drafts.write(11, 'half a sent', 'afterPause')
  stop()
  await vi.advanceTimersByTimeAsync(0)

  expect(state.saved).toMatchObject([{ answer: 'half a sent' }])
})

it('stops its clock while the trainer pauses, and goes on when the trainer does', async () => {
  const { state, calls } = core({ remainingMs: 600_000 })
  const session = sitting(calls, { remainingMs: 600_000 })
  state.isPaused = true
  await vi.advanceTimersByTimeAsync(10_000)
  const { clock } = session.store.getState()
  expect(clock.isPaused).toBe(true)
  expect(remainingAt(clock, performance.now() + 600_000)).toBe(600_000)
  state.isPaused = false
  await vi.advanceTimersByTimeAsync(10_000)
  expect(session.store.getState().clock.isPaused).toBe(false)
})

it('delivers what was typed before it ends because the attempt moved to another seat', async () => {
  const { state, calls } = core()
  const session = sitting(calls)
  session.drafts.write(11, 'typed just before', 'afterPause')
  state.otherSeat = true
  await vi.advanceTimersByTimeAsync(15_000)
  expect(state.saved.map(({ answer }) => answer)).toContain('typed just before')
  expect(session.store.getState()).toMatchObject({ phase: 'over', refusal: { key: 'attempt.otherSeat' }, lost: [] })
})

it('shows what the seat before delivered late, and leaves alone what is being written here', async () => {
  const { state, calls } = core()
  const session = sitting(calls)
  const late = (questionId: number) => ({
    questionId,
    edit: 3,
    answer: 'from the other seat',
    savedAt: '2026-11-23T08:00:00.000Z',
  })
  state.stored = [late(11), late(12)]
  session.drafts.write(12, 'written here', 'afterPause')
  await vi.advanceTimersByTimeAsync(100)
  session.turnTo(11)
  await vi.advanceTimersByTimeAsync(100)
  const { drafts } = session.drafts.store.getState()
  expect(drafts[11]).toMatchObject({
    answer: 'from the other seat',
    edit: 3,
    state: 'clean',
    isFromElsewhere: true,
  })
  expect(drafts[12]).toMatchObject({ answer: 'written here' })
  session.drafts.write(11, 'and on', 'now')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(state.saved).toContainEqual(expect.objectContaining({ questionId: 11, answer: 'and on', edit: 4 }))
  expect(session.drafts.store.getState().drafts[11]).toMatchObject({ isFromElsewhere: false })
})

it('hands in nothing that another window wrote before it has shown it', async () => {
  const { state, calls } = core()
  const session = sitting(calls)
  session.drafts.write(11, 'written here', 'now')
  await vi.advanceTimersByTimeAsync(100)
  state.stored = [
    { questionId: 11, edit: 2, answer: 'written in the other window', savedAt: '2026-11-23T08:00:00.000Z' },
  ]
  session.handIn()
  await vi.advanceTimersByTimeAsync(100)
  expect(session.now()).toMatchObject({ phase: 'writing', refusal: { key: 'attempt.answeredElsewhere' } })
  expect(session.drafts.store.getState().drafts[11]).toMatchObject({
    answer: 'written in the other window',
    isFromElsewhere: true,
  })
  expect(state.handIns).toBe(0)
  session.handIn()
  await vi.advanceTimersByTimeAsync(100)
  expect(session.now()).toMatchObject({ phase: 'over', refusal: null })
  expect(state.handIns).toBe(1)
})

it('hands in what is stored when the time is up, also where another window wrote it', async () => {
  const { state, calls } = core({ remainingMs: 1_000 })
  const session = sitting(calls, { remainingMs: 1_000 })
  await vi.advanceTimersByTimeAsync(100)
  state.stored = [
    { questionId: 11, edit: 2, answer: 'written in the other window', savedAt: '2026-11-23T08:00:00.000Z' },
  ]
  await vi.advanceTimersByTimeAsync(1_000)
  expect(session.now().phase).toBe('timeIsUp')
  state.remainingMs = 0
  await vi.advanceTimersByTimeAsync(2_000)
  expect(session.now()).toMatchObject({ phase: 'over', refusal: null })
  expect(state.handIns).toBe(1)
})

it('keeps a flag on this screen while the core is away', async () => {
  const { state, calls } = core()
  const session = sitting(calls)
  state.isAway = true
  session.flag(12, true)
  await vi.advanceTimersByTimeAsync(0)
  expect(session.store.getState().flagged).toEqual([12])
  state.isAway = false
  session.flag(12, false)
  await vi.advanceTimersByTimeAsync(0)
  expect(session.store.getState().flagged).toEqual([])
  expect(state.flags.get(12)).toBe(false)
})
