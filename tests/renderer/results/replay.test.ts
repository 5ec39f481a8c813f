import { expect, it } from 'vitest'
import { answersAfter, momentAt, momentsOf, questionAt } from '../../../renderer/features/results/replay/moments.ts'
import type { Replay } from '../../../shared/contract/results.ts'

const at = (seconds: number) => `2026-11-26T10:00:${String(seconds).padStart(2, '0')}.000Z`
const saved = (questionId: number, answer: string, seconds: number) => ({
  questionId,
  answer,
  usedMs: seconds * 1000,
  savedAt: at(seconds),
})
const pause: Replay['incidents'][number] = {
  id: 1,
  kind: 'paused',
  happenedAt: at(6),
  lostMs: 60_000,
  reason: null,
  by: null,
  usedMs: 5_000,
}
const moments = momentsOf({
  states: [saved(1, 'a', 0), saved(2, 'x', 5), saved(1, 'b', 9), saved(2, '', 12)],
  incidents: [pause],
})

it('puts what was saved and what happened into one order of exam time', () => {
  expect(moments.map(({ kind, usedMs }) => [kind, usedMs])).toEqual([
    ['state', 0],
    ['state', 5000],
    ['incident', 5000],
    ['state', 9000],
    ['state', 12_000],
  ])
  expect(moments.map((one) => one.kind === 'state' && one.isFirst)).toEqual([true, true, false, false, false])
})

it('knows what stood where at any moment, and what was written last', () => {
  const answersAt = (seconds: number) => Object.fromEntries(answersAfter(moments, momentAt(moments, seconds * 1000)))
  expect([answersAt(0), answersAt(8), answersAt(10), answersAt(99)]).toEqual([
    { 1: 'a' },
    { 1: 'a', 2: 'x' },
    { 1: 'b', 2: 'x' },
    { 1: 'b', 2: '' },
  ])
  expect(questionAt(moments, 2)).toBe(2)
  expect(questionAt(moments, 3)).toBe(1)
  expect(questionAt(moments, -1)).toBeUndefined()
})
