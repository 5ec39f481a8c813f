import { expect, it } from 'vitest'
import { isStandingStill, remainingAt } from '../../renderer/features/kiosk/exam-clock.ts'
import { clockFace } from '../../renderer/features/kiosk/sitting/clock-face.ts'
import { createStopwatch } from '../../renderer/features/kiosk/stopwatch.ts'

it('has nothing to count without a time limit', () => {
  expect(remainingAt({ remainingMs: null, takenAt: 0 }, 99_000)).toBeNull()
})

it('counts down from what the core said, not below zero', () => {
  expect(remainingAt({ remainingMs: 20_000, takenAt: 1_000 }, 9_000)).toBe(12_000)
  expect(remainingAt({ remainingMs: 5_000, takenAt: 1_000 }, 9_000)).toBe(0)
})

it('stands still once the core has been silent for as long as it counts', () => {
  const reading = { remainingMs: 60_000, takenAt: 0 }
  expect(isStandingStill(reading, 14_999)).toBe(false)
  expect(isStandingStill(reading, 15_000)).toBe(true)
  expect(remainingAt(reading, 500_000)).toBe(45_000)
})

it('shows minutes, and hours only where there are any', () => {
  expect([0, 65, 600, 3_845].map(clockFace)).toEqual(['0:00', '1:05', '10:00', '1:04:05'])
})

it('does not count the time of a machine that slept', () => {
  let now = 0
  const stopwatch = createStopwatch(() => now)
  stopwatch.turnTo(1)
  now = 10 * 3_600_000
  stopwatch.turnTo(2)
  now += 3_000
  expect([stopwatch.take(1), stopwatch.take(2)]).toEqual([15, 3])
})
