import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { NotKept } from '../../renderer/features/kiosk/answer-saver.ts'
import { createDrafts, unsavedQuestions } from '../../renderer/features/kiosk/drafts.ts'
import { keptDrafts } from '../../renderer/features/kiosk/kept-drafts.ts'
import { type Line, line } from './line.ts'

const question = 7
const other = 8

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function drafts(network: Line, saved: { answer: string; edit: number }[] = []) {
  const answers = saved.map((one) => ({ ...one, questionId: question, savedAt: '2026-11-23T07:00:00.000Z' }))
  const made = createDrafts({ answers, send: network.send })
  return { ...made, draft: (questionId = question) => made.store.getState().drafts[questionId] }
}

it('takes no more answers once the core says that the time is up, and keeps what never arrived apart', async () => {
  const network = line()
  const { write, store, draft } = drafts(network)
  write(other, 'a', 'now')
  write(question, 'too late', 'now')
  await network.sent[0]?.arrive()

  await network.sent[1]?.refuse('attempt.timeIsUp')
  write(question, 'later still', 'now')
  await vi.advanceTimersByTimeAsync(60_000)

  expect(network.sent).toHaveLength(2)
  expect(store.getState().ended).toBe('attempt.timeIsUp')
  expect(unsavedQuestions(store.getState())).toEqual([question])
  expect(draft()?.answer).toBe('too late')
})

it('sends what an earlier page could not, and forgets it once it is kept', async () => {
  const storage = memoryStorage()
  const gone = line()
  const before = createDrafts({ answers: [], send: gone.send, kept: keptDrafts(1, storage) })
  before.write(question, 'written without a network', 'now')
  before.stop()

  const network = line()
  const { store } = createDrafts({ answers: [], send: network.send, kept: keptDrafts(1, storage) })
  expect(store.getState().drafts[question]).toMatchObject({ answer: 'written without a network', edit: 1 })
  expect(network.sent).toMatchObject([{ questionId: question, answer: 'written without a network', edit: 1 }])
  await network.sent[0]?.arrive()
  expect(store.getState().drafts[question]).toMatchObject({ state: 'clean' })
  expect(storage.size()).toBe(0)
})

it('prefers what the core has when that is newer than what an earlier page left, and the work of others alone', () => {
  const storage = memoryStorage()
  createDrafts({ answers: [], send: line().send, kept: keptDrafts(1, storage) }).write(question, 'old', 'now')
  const network = line()
  const answers = [{ questionId: question, answer: 'newer', edit: 1, savedAt: '2026-11-23T07:00:00.000Z' }]
  const { store } = createDrafts({ answers, send: network.send, kept: keptDrafts(1, storage) })
  expect(store.getState().drafts[question]).toMatchObject({ answer: 'newer', state: 'clean' })
  createDrafts({ answers: [], send: network.send, kept: keptDrafts(2, storage) })
  expect(network.sent).toEqual([])
})

function memoryStorage() {
  const texts = new Map<string, string>()
  return {
    getItem: (key: string) => texts.get(key) ?? null,
    setItem: (key: string, text: string) => void texts.set(key, text),
    removeItem: (key: string) => void texts.delete(key),
    size: () => texts.size,
  }
}

it('ends when the attempt was handed in from another screen', async () => {
  const network = line()
  const { write, store } = drafts(network)
  write(question, 'a', 'now')
  await network.sent[0]?.refuse('attempt.handedIn')
  await vi.advanceTimersByTimeAsync(60_000)

  expect(store.getState().ended).toBe('attempt.handedIn')
  expect(network.sent).toHaveLength(1)
})

it('never calls an answer saved that the core refused, and says why', async () => {
  const network = line()
  const { write, draft } = drafts(network)
  write(question, 'a', 'now')
  await network.sent[0]?.refuse('door.tooLarge')

  expect(draft()).toMatchObject({ state: 'failed', savedAt: null, refusal: { key: 'door.tooLarge' } })
})

it('sends a choice at once', () => {
  const network = line()
  const { write, draft } = drafts(network)
  write(question, 'a', 'now')

  expect(network.sent).toMatchObject([{ questionId: question, answer: 'a', edit: 1 }])
  expect(draft()?.state).toBe('saving')
})

it('calls an answer saved only after the core has said so', async () => {
  const network = line()
  const { write, draft } = drafts(network)
  write(question, 'a', 'now')
  await vi.advanceTimersByTimeAsync(10_000)
  expect(draft()).toMatchObject({ state: 'saving', savedAt: null })

  await network.sent[0]?.arrive('2026-11-23T08:00:10.000Z')
  expect(draft()).toMatchObject({ state: 'clean', savedAt: '2026-11-23T08:00:10.000Z' })
})

it('waits for a pause of 600 ms in the typing', async () => {
  const network = line()
  const { write, draft } = drafts(network)
  write(question, 'w', 'afterPause')
  await vi.advanceTimersByTimeAsync(500)
  write(question, 'wa', 'afterPause')
  await vi.advanceTimersByTimeAsync(599)
  expect(network.sent).toHaveLength(0)
  expect(draft()?.state).toBe('dirty')

  await vi.advanceTimersByTimeAsync(1)
  expect(network.sent).toMatchObject([{ answer: 'wa', edit: 2 }])
})

it('saves at least every three seconds while somebody types without a pause', async () => {
  const network = line()
  const { write } = drafts(network)
  for (let letters = 1; letters <= 70; letters += 1) {
    write(question, 'x'.repeat(letters), 'afterPause')
    await vi.advanceTimersByTimeAsync(100)
    await network.sent.at(-1)?.arrive()
  }
  expect(network.sent.map(({ answer }) => answer.length)).toEqual([30, 60])
})

it('saves what was typed as soon as the question is left', () => {
  const network = line()
  const { write, flush } = drafts(network)
  write(question, 'half a sent', 'afterPause')
  write(other, 'elsewhere', 'afterPause')
  flush(question)

  expect(network.sent).toMatchObject([{ questionId: question, answer: 'half a sent' }])
})

it('goes on counting edits where the core stopped', () => {
  const network = line()
  const { write, draft } = drafts(network, [{ answer: 'a', edit: 41 }])
  expect(draft()).toMatchObject({ answer: 'a', state: 'clean' })
  write(question, 'b', 'now')

  expect(network.sent).toMatchObject([{ answer: 'b', edit: 42 }])
})

it('sends nothing when the answer is the same as before', async () => {
  const network = line()
  const { write, flush } = drafts(network, [{ answer: 'a', edit: 3 }])
  write(question, 'a', 'now')
  flush()
  await vi.advanceTimersByTimeAsync(10_000)

  expect(network.sent).toHaveLength(0)
})

it('keeps one call under way and then sends only the newest answer', async () => {
  const network = line()
  const { write, draft } = drafts(network)
  write(question, 'a', 'now')
  write(question, 'b', 'now')
  write(question, 'c', 'now')
  expect(network.sent).toHaveLength(1)

  await network.sent[0]?.arrive()
  expect(draft()?.state).toBe('saving')
  expect(network.sent.slice(1)).toMatchObject([{ answer: 'c', edit: 3 }])

  await network.sent[1]?.arrive()
  expect(draft()).toMatchObject({ answer: 'c', state: 'clean' })
})

it('does not call letters saved that were typed while an older answer was under way', async () => {
  const network = line()
  const { write, flush, draft } = drafts(network)
  write(question, 'old', 'afterPause')
  flush(question)
  write(question, 'old and new', 'afterPause')
  await network.sent[0]?.arrive()
  expect(draft()?.state).toBe('dirty')

  await vi.advanceTimersByTimeAsync(600)
  await network.sent[1]?.arrive()
  expect(network.sent[1]).toMatchObject({ answer: 'old and new', edit: 2 })
  expect(draft()?.state).toBe('clean')
})

it('tries again for ever, with pauses that grow from half a second to five', async () => {
  const network = line()
  const { write, draft } = drafts(network)
  write(question, 'a', 'now')
  const pauses: number[] = []
  for (let failures = 1; failures <= 6; failures += 1) {
    await network.sent.at(-1)?.lose()
    expect(draft()?.state).toBe('failed')
    const lostAt = Date.now()
    await vi.advanceTimersToNextTimerAsync()
    pauses.push(Date.now() - lostAt)
  }

  expect(pauses).toEqual([500, 1000, 2000, 4000, 5000, 5000])
  expect(network.sent.every(({ answer, edit }) => answer === 'a' && edit === 1)).toBe(true)
})

it('starts again with the shortest pause after an answer has come through', async () => {
  const network = line()
  const { write } = drafts(network)
  write(question, 'a', 'now')
  await network.sent[0]?.lose()
  await vi.advanceTimersByTimeAsync(500)
  await network.sent[1]?.arrive()
  write(question, 'b', 'now')
  await network.sent[2]?.lose()
  await vi.advanceTimersByTimeAsync(500)

  expect(network.sent).toHaveLength(4)
})

it('sends what was typed while the core was away, with a higher number than what was lost', async () => {
  const network = line()
  const { write, draft } = drafts(network)
  write(question, 'a', 'now')
  await network.sent[0]?.lose()
  write(question, 'ab', 'afterPause')
  expect(draft()?.state).toBe('failed')
  await vi.advanceTimersByTimeAsync(500)
  await network.sent[1]?.arrive()

  expect(network.sent[1]).toMatchObject({ answer: 'ab', edit: 2 })
  expect(draft()).toMatchObject({ answer: 'ab', state: 'clean' })
})

it('is settled only when nothing is under way, waiting or failed', async () => {
  const network = line()
  const { write, flush, settled } = drafts(network)
  const done = vi.fn()
  write(question, 'a', 'now')
  write(other, 'text', 'afterPause')
  void settled().then(done)
  flush()
  await network.sent[0]?.arrive()
  await network.sent[1]?.lose()
  expect(done).not.toHaveBeenCalled()

  await vi.advanceTimersByTimeAsync(500)
  await network.sent[2]?.arrive()
  expect(done).toHaveBeenCalledOnce()
})

it('sends once more and then leaves off when the screen is left', async () => {
  const network = line()
  const { write, flush, stop } = drafts(network)
  write(question, 'a', 'afterPause')
  flush()
  stop()
  await network.sent[0]?.lose()
  await vi.advanceTimersByTimeAsync(60_000)

  expect(network.sent).toHaveLength(1)
})

it('sends an answer again above the edit that another seat has stored, and calls it saved only then', async () => {
  const sent: number[] = []
  const drafts = createDrafts({
    answers: [],
    send({ edit }) {
      sent.push(edit)
      return edit > 3 ? Promise.resolve('2026-01-01T00:00:00.000Z') : Promise.reject(new NotKept(3))
    },
  })
  drafts.write(7, 'b', 'now')
  await vi.advanceTimersByTimeAsync(0)
  expect(drafts.store.getState().drafts[7]).toMatchObject({ state: 'failed', edit: 4 })
  await vi.advanceTimersByTimeAsync(5_000)
  expect(sent).toEqual([1, 4])
  expect(drafts.store.getState().drafts[7]).toMatchObject({ state: 'clean', answer: 'b' })
})
