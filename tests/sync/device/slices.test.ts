import { expect, it } from 'vitest'
import { slicesOf } from '../../../main/sync/slices.ts'

/** A disk on which every row takes so long, in milliseconds, and whoever else writes first keeps it for `others`. */
function disk(msPerRow: () => number, others = 0) {
  let time = 0
  const slices = slicesOf({
    replica: { giveWay: () => void (time += others) },
    rows: 100,
    ms: 8,
    monotonic: () => time,
  })
  return function write(times: number): number {
    for (let done = 0; done < times; done += 1) slices.write(() => void (time += slices.rows() * msPerRow()))
    return slices.rows()
  }
}

it('writes as many rows at a time as fit, and never fewer than it begins with', () => {
  expect(disk(() => 0.02)(20)).toBe(400)
  expect(disk(() => 2)(20)).toBe(100)
  expect(disk(() => 0.000_1)(40)).toBe(2000)
})

it('takes fewer rows as soon as the computer has become busy', () => {
  let msPerRow = 0.02
  const write = disk(() => msPerRow)
  write(20)
  msPerRow = 0.08
  expect(write(1)).toBe(200)
  expect(write(1)).toBe(100)
})

it('does not count how long it lets others write first', () => {
  expect(disk(() => 0.02, 500)(20)).toBe(400)
})

it('keeps to its number of rows where nothing is said of time', () => {
  let time = 0
  const slices = slicesOf({ replica: { giveWay() {} }, rows: 100, ms: undefined, monotonic: () => time })
  slices.write(() => void (time += 1000))
  expect(slices.rows()).toBe(100)
})
