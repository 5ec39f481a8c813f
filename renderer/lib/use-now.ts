import { useInterval } from '@mantine/hooks'
import { useState } from 'react'
import { dayOf } from './calendar-days.ts'

/** The time that the screen goes by; behind the clock by half a minute at most, and over midnight too. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date())
  useInterval(() => setNow(new Date()), 30_000, { autoInvoke: true })
  return now
}

export function useToday(): string {
  return dayOf(useNow())
}
