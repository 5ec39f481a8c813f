import { expect, it } from 'vitest'
import { killAgainAndAgain } from './kills.ts'

const kills = 24
const seed = String(Date.now())

it(`keeps every acknowledged answer and every attempt through ${kills} kills (seed ${seed})`, {
  timeout: 600_000,
}, async () => {
  const half = (name: string) => killAgainAndAgain(kills / 2, `${seed} ${name}`)
  for (const { faults, ...counts } of await Promise.all([half('first'), half('second')])) {
    expect(faults).toEqual([])
    expect(counts.kills).toBe(kills / 2)
    expect(counts.acknowledged).toBeGreaterThan(kills)
    expect(counts.handedIn).toBeGreaterThan(0)
    expect(counts.wentOn).toBeGreaterThan(kills / 4)
    expect(counts.givenBack).toBeGreaterThan(kills / 4)
  }
})
