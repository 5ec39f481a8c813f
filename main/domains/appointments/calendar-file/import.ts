import type { CalendarPreview } from '../../../../shared/contract/appointments.ts'
import type { Id } from '../../../../shared/contract/base.ts'
import type { Reader, Writer } from '../../../database/database.ts'
import type { Scope } from '../../../scope.ts'
import { baseOf, isException, repeating, rootOf } from '../occurrences.ts'
import { columnsOf, familyOf, insertAppointment, type Stored, setAppointment } from '../queries.ts'
import { occurrencesIn } from '../recurrence.ts'
import type { ReadEvent, ReadFile } from './read.ts'

interface Planned {
  event: ReadEvent
  action: 'create' | 'update' | 'same'
  /** What is here by that name. */
  present: Stored | undefined
}

/** What a file would do here. Only what the caller may write is updated; what somebody else has by that name is made anew. */
export async function planImport(db: Reader, scope: Scope, { events, problems }: ReadFile) {
  const here = await byUid(db, scope, [...new Set(events.map(({ uid }) => uid))])
  const planned: Planned[] = []
  const found = [...problems]
  const masters = new Map<string, ReadEvent>()
  for (const event of events.filter(({ replaces }) => replaces === null)) {
    if (masters.has(event.uid)) found.push({ line: event.line, problem: 'twice' })
    else {
      masters.set(event.uid, event)
      const present = here.get(event.uid)
      planned.push({ event, present, action: present ? (isSame(present, event) ? 'same' : 'update') : 'create' })
    }
  }
  const different = events.filter(({ replaces }) => replaces !== null)
  for (const event of different) {
    if (!masters.get(event.uid)?.recurrence) found.push({ line: event.line, problem: 'noSeries' })
  }
  const exceptions = Map.groupBy(different, ({ uid }) => uid)
  return { planned, exceptions, problems: found.toSorted((one, other) => one.line - other.line) }
}

type Plan = Awaited<ReturnType<typeof planImport>>

export function previewOf({ planned, exceptions, problems }: Plan): CalendarPreview {
  const of = (action: Planned['action']) => planned.filter((one) => one.action === action).length
  return {
    creates: of('create'),
    updates: of('update'),
    same: of('same'),
    problems: problems.slice(0, 100),
    problemCount: problems.length,
    rows: planned.slice(0, 200).map(({ event, action }) => ({
      line: event.line,
      action,
      title: event.title,
      startTime: event.startTime,
      endTime: event.endTime,
      repeats: event.recurrence !== null,
      changes: (exceptions.get(event.uid)?.length ?? 0) + event.without.length,
    })),
  }
}

async function byUid(db: Reader, { organizationId, trainerId }: Scope, uids: readonly string[]) {
  const found = new Map<string, Stored>()
  for (let at = 0; at < uids.length; at += 500) {
    let query = db
      .selectFrom('appointments')
      .selectAll()
      .where('organization_id', '=', organizationId)
      .where('uid', 'in', uids.slice(at, at + 500))
      .where('deleted_at', 'is', null)
    if (trainerId !== null) query = query.where('trainer_id', '=', trainerId)
    for (const row of await query.orderBy('id').execute()) if (row.uid !== null) found.set(row.uid, row)
  }
  return found
}

function fieldsOf(event: ReadEvent, trainerId: Id | null) {
  const { title, description, location, type, startTime, endTime, recurrence, isCancelled } = event
  const status = isCancelled ? ('cancelled' as const) : ('scheduled' as const)
  const people = { beneficiaryId: null, groupId: null, trainerId }
  return { title, description, location, type, startTime, endTime, recurrence, status, notes: '', ...people }
}

function sharedColumns(event: ReadEvent) {
  const columns = columnsOf(fieldsOf(event, null))
  if (typeof columns === 'string') throw new Error(`A rule was read that cannot be kept: ${columns}.`)
  const { beneficiary_id: _, trainer_id: _trainer, group_id: _group, notes: _notes, status, ...shared } = columns
  return { ...shared, ...(status === 'cancelled' && { status }) }
}

function isSame(present: Stored, event: ReadEvent): boolean {
  return Object.entries(sharedColumns(event)).every(([column, value]) => present[column as keyof Stored] === value)
}

/** Returns the series that were made or changed. People, notes and attendance of what was here stay. */
export async function carryOut(db: Writer, scope: Scope, { planned, exceptions }: Plan, now: string): Promise<Id[]> {
  const roots: Id[] = []
  for (const { event, action, present } of planned) {
    const id = present?.id ?? (await insertEvent(db, scope, event, now))
    if (present && action === 'update') await setAppointment(db, id, { ...sharedColumns(event), updated_at: now })
    roots.push(present ? rootOf(present) : id)
    if (event.recurrence) await putExceptions(db, scope, { id, event, others: exceptions.get(event.uid) ?? [], now })
  }
  return roots
}

function insertEvent(db: Writer, { organizationId, trainerId }: Scope, event: ReadEvent, now: string) {
  const columns = columnsOf(fieldsOf(event, trainerId))
  if (typeof columns === 'string') throw new Error(`A rule was read that cannot be kept: ${columns}.`)
  const made = { organization_id: organizationId, uid: event.uid, created_at: now, updated_at: now }
  return insertAppointment(db, { ...columns, ...made })
}

interface Different {
  id: Id
  event: ReadEvent
  others: readonly ReadEvent[]
  now: string
}

async function putExceptions(db: Writer, scope: Scope, { id, event, others, now }: Different) {
  const part = (await familyOf(db, scope.organizationId, id)).find((row) => row.id === id)
  const family = part ? await familyOf(db, scope.organizationId, rootOf(part)) : []
  if (!part) return
  const wanted = [
    ...others.map((other) => ({ at: other.replaces ?? '', columns: alone(other), deletedAt: null })),
    ...event.without.map((at) => ({ at, columns: {}, deletedAt: now })),
  ]
  for (const { at, columns, deletedAt } of wanted) {
    const until = new Date(Date.parse(at) + 1).toISOString()
    const regular = occurrencesIn(repeating(part), { from: at, until }, 20).find(({ startTime }) => startTime === at)
    if (!regular) continue
    const minutes = baseOf(part) + regular.minutes
    const present = family.find((row) => isException(row) && row.series_minutes === minutes)
    if (present) {
      const isNews = Object.entries(columns).some(([name, value]) => present[name as keyof Stored] !== value)
      const isGone = (present.deleted_at === null) === (deletedAt === null)
      if (isNews || !isGone)
        await setAppointment(db, present.id, { ...columns, deleted_at: deletedAt, updated_at: now })
      continue
    }
    const { id: _, ...rest } = part
    const place = {
      series_id: rootOf(part),
      series_minutes: minutes,
      recurrence: null,
      time_zone: null,
      series_end: null,
    }
    const times = { start_time: regular.startTime, end_time: regular.endTime }
    const made = { uid: null, reminder_sent: false, reminded_until: null, created_at: now, updated_at: now }
    await insertAppointment(db, { ...rest, ...times, ...columns, ...place, ...made, deleted_at: deletedAt })
  }
}

function alone(event: ReadEvent) {
  const {
    recurrence: _,
    time_zone: _zone,
    series_end: _end,
    ...columns
  } = sharedColumns({ ...event, recurrence: null })
  return columns
}
