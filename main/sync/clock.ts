/** A millisecond has room for this many writes; what goes beyond carries into the next. */
const writesPerMs = 4096
const epoch = Date.UTC(2024, 0, 1)

/** How far a clock of another machine may move this one's ahead of its own time: a wrong clock must not spread. */
export const patienceMs = 5 * 60_000

/** The clock of a moment, in milliseconds since 1970. */
export function clockAt(ms: number): number {
  return Math.max(0, Math.round(ms) - epoch) * writesPerMs
}

/** The clock after something with the clock `received` came in; `now` in milliseconds since 1970, corrected. */
export function receivedClock(own: number, received: number, now: number): number {
  return received <= clockAt(now + patienceMs) ? Math.max(own, received) : own
}

/** The same as an SQL expression of `sync_state`, for what triggers stamp. */
export const nowInSql = `(CAST(round(unixepoch('subsec') * 1000) AS INTEGER) - ${epoch} + clock_offset) * ${writesPerMs}`
