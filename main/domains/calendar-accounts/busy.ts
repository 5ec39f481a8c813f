import { sql } from 'kysely'
import * as z from 'zod'
import type { BusyBlock } from '../../../shared/contract/calendar-accounts.ts'
import type { Reader } from '../../database/database.ts'
import type { Span } from '../appointments/queries.ts'
import { occurrencesIn } from '../appointments/recurrence.ts'
import type { Owner } from './queries.ts'

const mostBlocks = 1000

const WithoutRules = z.array(
  z.object({
    startTime: z.string(),
    endTime: z.string(),
    rule: z.string(),
    timeZone: z.string(),
    seriesEnd: z.string(),
  }),
)

/** When somebody is busy by their calendars elsewhere, in the order of time. What has become an appointment is left out. */
export async function busyIn(db: Reader, { organizationId, userId }: Owner, span: Span): Promise<BusyBlock[]> {
  const rows = await db
    .selectFrom('calendar_busy')
    .innerJoin('calendar_accounts', 'calendar_accounts.id', 'calendar_busy.account_id')
    .selectAll('calendar_busy')
    .select([
      'calendar_accounts.calendar_name',
      sql<number>`exists (select 1 from calendar_busy as whole
        where whole.account_id = calendar_busy.account_id and whole.href = calendar_busy.href and whole.event is not null)`.as(
        'is_keepable',
      ),
    ])
    .where('calendar_accounts.organization_id', '=', organizationId)
    .where('calendar_accounts.user_id', '=', userId)
    .where('start_time', '<', span.until)
    .where(sql<string>`coalesce(series_end, end_time)`, '>', span.from)
    .execute()
  const blocks = rows.flatMap((row) =>
    timesOf(row, span).map((time) => ({
      accountId: row.account_id,
      href: row.href,
      calendarName: row.calendar_name,
      title: row.title,
      repeats: row.recurrence !== null,
      isKeepable: row.is_keepable === 1,
      ...time,
    })),
  )
  const once = [
    ...new Map(blocks.map((block) => [JSON.stringify([block.accountId, block.href, block.startTime]), block])).values(),
  ]
  return once.toSorted((one, other) => (one.startTime < other.startTime ? -1 : 1)).slice(0, mostBlocks)
}

interface BusyRow {
  start_time: string | null
  end_time: string | null
  recurrence: string | null
  time_zone: string | null
  series_end: string | null
  without: string
  without_rules: string
}

function timesOf({ start_time: startTime, end_time: endTime, ...row }: BusyRow, span: Span) {
  if (startTime === null || endTime === null) return []
  if (row.recurrence === null) return [{ startTime, endTime }]
  const without = new Set(z.array(z.string()).parse(JSON.parse(row.without)))
  const repeating = {
    startTime,
    endTime,
    recurrence: row.recurrence,
    timeZone: row.time_zone ?? 'UTC',
    seriesEnd: row.series_end ?? endTime,
  }
  const rules = WithoutRules.parse(JSON.parse(row.without_rules))
  const leftOut = rules.flatMap(({ rule, ...series }) =>
    occurrencesIn({ ...series, recurrence: rule }, span, mostBlocks),
  )
  for (const one of leftOut) without.add(one.startTime)
  return occurrencesIn(repeating, span, mostBlocks)
    .filter((one) => !without.has(one.startTime))
    .map((one) => ({ startTime: one.startTime, endTime: one.endTime }))
}
