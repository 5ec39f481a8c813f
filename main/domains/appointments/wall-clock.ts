/** What the clocks of a place show, as milliseconds since 1970 of a clock that is never put forward or back. */
export interface WallClock {
  wallOf(moment: number): number
  /** The first of two where clocks are put back; as far behind the gap as it was in it where they are put forward. */
  momentOf(wall: number): number
}

/** Undefined: there is no such place. */
export function wallClockOf(timeZone: string): WallClock | undefined {
  try {
    return wallClock(timeZone)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

export function wallClock(timeZone: string): WallClock {
  const format = new Intl.DateTimeFormat('en', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  function wallOf(moment: number): number {
    const parts = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]))
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
    return Date.UTC(year, month - 1, day, hour, minute, second)
  }
  const aheadAt = (moment: number) => wallOf(moment) - Math.floor(moment / 1000) * 1000
  function momentOf(wall: number): number {
    // A day before and after, no clock is put back or forward twice: one of both is right, or neither, in the gap.
    const [before, after] = [wall - aheadAt(wall - dayMs), wall - aheadAt(wall + dayMs)]
    return [before, after].find((moment) => moment + aheadAt(moment) === wall) ?? before
  }
  return { wallOf, momentOf }
}

const dayMs = 86_400_000
