export interface KeptBackup {
  name: string
  madeAt: string
  reason: 'automatic' | 'asked' | 'before-restore'
  bytes: number
}

/** The newest of each of so many hours, days and weeks that have one. */
const kept = { hours: 24, days: 14, weeks: 8 }

const hourMs = 3_600_000
const weekMs = 7 * 24 * hourMs

/**
 * The backups that may go: automatic ones that are the newest of no hour, day or week that counts, and after those the
 * oldest automatic ones while there is more than `mostBytes`. What somebody asked for stays, and so does the newest of all.
 */
export function superfluous(backups: readonly KeptBackup[], mostBytes = Number.POSITIVE_INFINITY): string[] {
  const newestFirst = backups.toSorted((a, b) => (a.madeAt < b.madeAt ? 1 : -1))
  const automatic = newestFirst.filter(({ reason }) => reason === 'automatic')
  const wanted = new Set([
    ...newestOfEach(automatic, kept.hours, hourMs),
    ...newestOfEach(automatic, kept.days, 24 * hourMs),
    ...newestOfEach(automatic, kept.weeks, weekMs),
  ])
  const gone = new Set(automatic.map(({ name }) => name).filter((name) => !wanted.has(name)))
  let bytes = newestFirst.filter(({ name }) => !gone.has(name)).reduce((sum, one) => sum + one.bytes, 0)
  for (const oldest of automatic.toReversed()) {
    if (bytes <= mostBytes) break
    if (gone.has(oldest.name) || oldest === newestFirst[0]) continue
    gone.add(oldest.name)
    bytes -= oldest.bytes
  }
  return [...gone]
}

/** When an automatic backup of that moment is gone at the latest, if some are made on three days of each week: 24 of eight weeks. */
export function goneBy(madeAt: string): string {
  return new Date((Math.floor(Date.parse(madeAt) / weekMs) + kept.weeks + 1) * weekMs).toISOString()
}

function newestOfEach(newestFirst: readonly KeptBackup[], count: number, spanMs: number): string[] {
  const spans = new Map<number, string>()
  for (const { name, madeAt } of newestFirst) {
    const span = Math.floor(Date.parse(madeAt) / spanMs)
    if (!spans.has(span) && spans.size < count) spans.set(span, name)
  }
  return [...spans.values()]
}
