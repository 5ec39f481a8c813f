import { type Conflict, type FindConflicts, mostConflicts } from '../../../shared/contract/appointments.ts'
import type { Id } from '../../../shared/contract/base.ts'
import type { BusyBlock } from '../../../shared/contract/calendar-accounts.ts'
import { fold } from '../../../shared/fold.ts'
import type { Reader } from '../../database/database.ts'
import type { Scope } from '../../scope.ts'
import { busyIn } from '../calendar-accounts/busy.ts'
import { type Shown, shownIn } from './occurrences.ts'
import type { Span } from './queries.ts'
import { occurrencesIn, settledRecurrence } from './recurrence.ts'

/** As many of a series are looked at, in the time that somebody plans ahead. */
const mostLookedAt = 500
const mostTaken = 20_000
const yearsAhead = 2

/** Everything of the organization counts; what the caller may not see is only said to be there. */
export async function conflictsWith(
  db: Reader,
  scope: Scope,
  wanted: FindConflicts & { exceptSeries: number | undefined; askedBy: Id | null },
): Promise<Conflict[]> {
  const times = timesOf(wanted)
  const [first, last] = [times.at(0), times.at(-1)]
  if (!first || !last) return []
  const { organizationId } = scope
  const planned = await shownIn(db, { organizationId }, { from: first.startTime, until: last.endTime }, mostTaken)
  const taken = planned.filter(({ stored, seriesId }) => {
    const isOwn = stored.id === wanted.exceptId || (seriesId !== null && seriesId === wanted.exceptSeries)
    return stored.status !== 'cancelled' && !isOwn && causesOf(wanted, needsOf(stored)).length > 0
  })
  const found = overlapping(times, taken).map((other) => {
    const { stored, startTime, endTime } = other
    const isVisible = scope.trainerId === null || stored.trainer_id === scope.trainerId
    const causes = causesOf(wanted, needsOf(stored))
    return { id: isVisible ? stored.id : null, title: isVisible ? stored.title : null, startTime, endTime, causes }
  })
  const busy = await busyElsewhere(db, organizationId, wanted, { from: first.startTime, until: last.endTime })
  return [...found, ...overlapping(times, busy)]
    .toSorted((one, other) => (one.startTime < other.startTime ? -1 : 1))
    .slice(0, mostConflicts)
}

/** By the calendars that the trainer keeps elsewhere; what stands in them is for nobody else to read. */
async function busyElsewhere(db: Reader, organizationId: Id, wanted: Asked, span: Span): Promise<Conflict[]> {
  const { trainerId: userId, askedBy, exceptEvent } = wanted
  if (userId === null) return []
  const all = await busyIn(db, { organizationId, userId }, span)
  const isItself = (one: BusyBlock) => one.accountId === exceptEvent?.accountId && one.href === exceptEvent.href
  const busy = userId === askedBy ? all.filter((one) => !isItself(one)) : all
  const causes: Conflict['causes'] = ['trainer']
  return busy.map(({ title, startTime, endTime }) => ({
    id: null,
    title: userId === askedBy ? title : null,
    startTime,
    endTime,
    causes,
  }))
}

type Asked = Pick<FindConflicts, 'trainerId' | 'exceptEvent'> & { askedBy: Id | null }

/** Both in the order of time; what is there lasts a week at most. */
function overlapping<T extends Times>(times: readonly Times[], taken: readonly T[]): T[] {
  return taken.filter(({ startTime, endTime }) =>
    times.some((one) => one.startTime < endTime && one.endTime > startTime),
  )
}

interface Times {
  startTime: string
  endTime: string
}

function timesOf({ startTime, endTime, recurrence }: FindConflicts) {
  const settled = recurrence && settledRecurrence({ startTime, endTime }, recurrence)
  if (!settled || typeof settled === 'string') return [{ startTime, endTime }]
  const limit = new Date(startTime)
  limit.setUTCFullYear(limit.getUTCFullYear() + yearsAhead)
  const span = { from: startTime, until: limit.toISOString() }
  return occurrencesIn({ startTime, endTime, ...settled }, span, mostLookedAt)
}

type Needs = Pick<FindConflicts, 'trainerId' | 'beneficiaryId' | 'groupId' | 'location'>

function needsOf({ trainer_id, beneficiary_id, group_id, location }: Shown['stored']): Needs {
  return { trainerId: trainer_id, beneficiaryId: beneficiary_id, groupId: group_id, location: location ?? '' }
}

function causesOf(wanted: Needs, other: Needs): Conflict['causes'] {
  const causes: Conflict['causes'] = []
  if (wanted.trainerId !== null && wanted.trainerId === other.trainerId) causes.push('trainer')
  if (wanted.beneficiaryId !== null && wanted.beneficiaryId === other.beneficiaryId) causes.push('beneficiary')
  if (wanted.groupId !== null && wanted.groupId === other.groupId) causes.push('group')
  if (wanted.location !== '' && fold(wanted.location) === fold(other.location)) causes.push('location')
  return causes
}
