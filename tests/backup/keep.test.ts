import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type KeptBackup, superfluous } from '../../main/backup/keep.ts'

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

describe('of the automatic backups', () => {
  it('24 hours, 14 days and 8 weeks stay of a year of one each hour', () => {
    const year = Array.from({ length: 365 * 24 }, (_, index) => made(index))
    const kept = left(year)
    expect(kept.length).toBeLessThanOrEqual(24 + 14 + 8)
    expect(kept.length).toBeGreaterThanOrEqual(24 + 11 + 3)
    expect(kept.at(-1)).toEqual(year.at(-1))
    // The newest of the eighth week back is at least six whole weeks old.
    expect(Date.parse(year.at(-1)?.madeAt ?? '') - Date.parse(kept[0]?.madeAt ?? '')).toBeGreaterThanOrEqual(
      42 * 24 * hour,
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

  it('the oldest go first where the disk is small', () => {
    const days = Array.from({ length: 10 }, (_, index) => made(index * 24))
    expect(left(days, 300)).toEqual(days.slice(-3))
  })
})
