import { expect, it } from 'vitest'
import { readGift } from '../../../main/domains/imports/gift.ts'
import { giftFixture, giftFixtureNames } from './gift-fixture.ts'

it('reads 2 MB without holding the process for more than 50 ms at a time', { timeout: 60_000 }, async () => {
  const one = giftFixtureNames().map(giftFixture).join('\n\n')
  const file = `${one}\n\n`.repeat(Math.floor(2_000_000 / one.length))
  const longestTurn = watchTurns()

  const { questions } = await readGift(file)

  expect(questions.length).toBeGreaterThan(5000)
  expect(longestTurn()).toBeLessThan(50)
})

/** In milliseconds of this thread's own work, so that a busy machine does not count. */
function watchTurns(): () => number {
  let longest = 0
  let since = process.threadCpuUsage()
  let isWatching = true
  function turn() {
    const { user, system } = process.threadCpuUsage(since)
    longest = Math.max(longest, (user + system) / 1000)
    since = process.threadCpuUsage()
    if (isWatching) setImmediate(turn)
  }
  setImmediate(turn)
  return () => {
    turn()
    isWatching = false
    return longest
  }
}
