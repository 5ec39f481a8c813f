import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { goneBy, type KeptBackup, superfluous } from '../../main/backup/keep.ts'

const hour = 3_600_000
const start = Date.parse('2026-03-01T09:00:00.000Z')
const made = (hours: number, reason: KeptBackup['reason'] = 'automatic'): KeptBackup => {
  const madeAt = new Date(start + hours * hour).toISOString()
  return { name: madeAt, madeAt, reason, bytes: 100 }
}
const left = (backups: KeptBackup[], most?: number) => {
  const gone = new Set(superfluous(backups, most))
  return backups.filter(({ name }) => !gone.has(name))
}

/** Worked out from the moment of the newest, span by span back from the one that it lies in. */
function newestOfTheLast(backups: KeptBackup[], count: number, spanMs: number): string[] {
  const now = Date.parse(backups.at(-1)?.madeAt ?? '')
  const begins = now - (now % spanMs)
  return Array.from({ length: count }, (_, back) => {
    const from = begins - back * spanMs
    const within = backups.filter(({ madeAt }) => Date.parse(madeAt) >= from && Date.parse(madeAt) < from + spanMs)
    return within.at(-1)?.madeAt ?? ''
  })
}

describe('of the automatic backups', () => {
  it('24 hours, 14 days and 8 weeks stay of a year of one each hour', () => {
    const year = Array.from({ length: 365 * 24 }, (_, index) => made(index))
    const kept = left(year)
    expect(kept.length).toBeLessThanOrEqual(24 + 14 + 8)
    expect(kept.at(-1)).toEqual(year.at(-1))
  })

  it('the newest of each of the last 24 hours, 14 days and 8 weeks stays, at whatever hour one looks, and no other', () => {
    const spans: [count: number, hours: number][] = [
      [24, 1],
      [14, 24],
      [8, 7 * 24],
    ]
    fc.assert(
      fc.property(fc.integer({ min: 9 * 7 * 24, max: 365 * 24 }), (hours) => {
        const all = Array.from({ length: hours }, (_, index) => made(index))
        const wanted = spans.flatMap(([count, length]) => newestOfTheLast(all, count, length * hour))
        expect(left(all).map(({ madeAt }) => madeAt)).toEqual([...new Set(wanted)].sort())
        // This week is one of the eight and has only begun, so the oldest ends the week that is seven weeks before it.
        const [oldest] = left(all)
        const age = (Date.parse(all.at(-1)?.madeAt ?? '') - Date.parse(oldest?.madeAt ?? '')) / hour
        const intoTheWeek = (Date.parse(all.at(-1)?.madeAt ?? '') / hour) % (7 * 24)
        expect(age).toBe(6 * 7 * 24 + intoTheWeek + 1)
      }),
      { numRuns: 60 },
    )
  })

  it('the newest stays, and so does everything that somebody asked for, however little room there is', () => {
    const reason = fc.constantFrom('automatic' as const, 'asked' as const, 'before-restore' as const)
    const backups = fc.uniqueArray(fc.tuple(fc.nat(20_000), reason), { selector: ([hours]) => hours, minLength: 1 })
    fc.assert(
      fc.property(backups, fc.nat(3000), (list, most) => {
        const all = list.map(([hours, why]) => made(hours, why))
        const kept = left(all, most)
        const newest = all.toSorted((a, b) => (a.madeAt < b.madeAt ? 1 : -1))[0]
        expect(kept).toContainEqual(newest)
        expect(kept.filter((one) => one.reason !== 'automatic')).toEqual(
          all.filter((one) => one.reason !== 'automatic'),
        )
        expect(left(kept, most)).toEqual(kept)
      }),
    )
  })

  it('each is gone by the day that is told, when some are made on three days of each week, and not a week before that', () => {
    const week = 7 * 24
    // Weeks begin where those of the rules do.
    const into = (start / hour) % week
    const days = fc.tuple(fc.integer({ min: 1, max: 2 }), fc.nat(1), fc.nat(1), fc.nat(23))
    fc.assert(
      fc.property(fc.array(days, { minLength: 12, maxLength: 12 }), fc.nat(2), (weeks, which) => {
        const all = weeks.flatMap(([one, second, third, at], index) =>
          [0, one + second, one + second + 1 + third].map((day) => made(index * week - into + day * 24 + at)),
        )
        const chosen = all[which]
        if (!chosen) throw new Error('There is none.')
        const by = goneBy(chosen.madeAt)
        const before = (time: number) => all.filter(({ madeAt }) => Date.parse(madeAt) < time)
        expect(left(before(Date.parse(by)))).not.toContainEqual(chosen)
        const last = all[2]
        if (which === 2) expect(left(before(Date.parse(by) - week * hour))).toContainEqual(last)
      }),
    )
  })

  it('the oldest go first where the disk is small', () => {
    const days = Array.from({ length: 10 }, (_, index) => made(index * 24))
    expect(left(days, 300)).toEqual(days.slice(-3))
  })
})
