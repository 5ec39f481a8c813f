import { dayOf } from '../../lib/calendar-days.ts'
import { useNow } from '../../lib/use-now.ts'
import { hourPixels } from './hour-pixels.ts'
import classes from './time-grid.module.css'

/** Where the day stands now. */
export function NowLine({ days }: { days: readonly string[] }) {
  const now = useNow()
  const column = days.indexOf(dayOf(now))
  if (column === -1) return null
  const hours = now.getHours() + now.getMinutes() / 60
  return (
    <div
      className={classes.now}
      aria-hidden
      style={{
        insetBlockStart: hours * hourPixels,
        insetInlineStart: `${(column / days.length) * 100}%`,
        inlineSize: `${100 / days.length}%`,
      }}
    />
  )
}
