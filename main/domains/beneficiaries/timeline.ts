import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { FileEvent, ListEvents } from '../../../shared/contract/beneficiaries.ts'
import type { Reader } from '../../database/database.ts'
import { pageKey, readPageKey } from '../../page-key.ts'
import type { Scope } from '../../scope.ts'
import { shownOne } from '../appointments/occurrences.ts'
import { isDocument } from '../documents/reach.ts'
import { changingActions } from './history-queries.ts'
import type { PersonFile } from './person-file.ts'

type Kind = FileEvent['kind']
type StoredEvent = Omit<FileEvent, 'byName' | 'next'> & { by_name: string | null }

interface Viewer {
  /** Whose messages with the person they are. */
  userId: Id | null
  now: string
}

/** What happened with one person, from the rows that say so, newest first. */
export async function eventPage(
  db: Reader,
  scope: Scope,
  person: PersonFile,
  { kinds, after, limit, userId, now }: ListEvents & Viewer,
) {
  const wanted = Object.entries(sources(scope, person, userId)).filter(
    ([kind]) => kinds.length === 0 || kinds.includes(kind as Kind),
  )
  const all = sql.join(
    wanted.map(([, source]) => source),
    sql` union all `,
  )
  let query = db
    .selectFrom(sql<StoredEvent>`(${all})`.as('events'))
    .select(['kind', 'id', 'at', 'title', 'state', 'percentage', 'thread', 'by_name as byName'])
  if (after !== undefined) query = query.where(earlierThan(readPageKey(after, ['string', 'string', 'number'])))
  const rows = await query.orderBy('at', 'desc').orderBy('kind', 'desc').orderBy('id', 'desc').limit(limit).execute()
  const last = rows[limit - 1]
  return { rows: await withNext(db, scope, rows, now), next: last ? pageKey([last.at, last.kind, last.id]) : null }
}

function earlierThan([at, kind, id]: readonly [string, string, number]) {
  return sql<SqlBool>`(at, kind, id) < (${at}, ${kind}, ${id})`
}

/** A series stands at the day it began on, and says when it comes next. */
async function withNext(db: Reader, scope: Scope, rows: readonly Omit<FileEvent, 'next'>[], now: string) {
  const events: FileEvent[] = []
  for (const row of rows) {
    const shown =
      row.kind === 'appointment' ? await shownOne(db, scope, { id: row.id, occurrence: null, now }) : undefined
    const isToCome = shown !== undefined && shown.startTime !== row.at && shown.startTime >= now
    events.push({ ...row, next: isToCome ? shown.startTime : null })
  }
  return events
}

/** Each has the same columns; appointments of another trainer are not theirs to read, nor are messages of anybody else. */
function sources(
  { trainerId, organizationId }: Scope,
  { id, userId }: PersonFile,
  viewerId: Id | null,
): Record<Kind, RawBuilder<unknown>> {
  const own = trainerId === null ? sql`true` : sql`appointments.trainer_id = ${trainerId}`
  return {
    attempt: attempts(id, sql`'attempt'`, sql`started_at`, sql`attempts.is_practice = 0`),
    result: attempts(id, sql`'result'`, sql`submitted_at`, sql`attempts.is_practice = 0 and submitted_at is not null`),
    appointment: sql`select 'appointment' as kind, appointments.id, start_time as at, title, status as state,
        null as percentage, users.name as by_name, null as thread
      from appointments left join users on users.id = appointments.trainer_id
      where beneficiary_id = ${id} and appointments.deleted_at is null and ${own}`,
    attendance: sql`select 'attendance' as kind, attendance.id, held_at as at,
        iif(${own}, coalesce(appointments.title, ''), '') as title, attendance.status as state,
        null as percentage, users.name as by_name, null as thread
      from attendance left join appointments on appointments.id = attendance.appointment_id
        left join users on users.id = attendance.noted_by
      where attendance.beneficiary_id = ${id} and appointments.deleted_at is null`,
    consent: sql`select 'consent' as kind, consents.id, consents.created_at as at, consent_texts.topic as title,
        consents.kind as state, null as percentage, users.name as by_name, null as thread
      from consents join consent_texts on consent_texts.id = consents.consent_text_id
        left join users on users.id = consents.recorded_by
      where person_id = ${userId}`,
    group: sql`select 'group' as kind, group_members.id, group_members.created_at as at, groups.name as title,
        null as state, null as percentage, null as by_name, null as thread
      from group_members join groups on groups.id = group_members.group_id where beneficiary_id = ${id}`,
    handover: sql`select 'handover' as kind, handovers.id, coalesce(decided_at, handovers.created_at) as at,
        coalesce(receivers.name, '') as title, handovers.status as state, null as percentage, givers.name as by_name, null as thread
      from handovers left join users as receivers on receivers.id = to_trainer_id
        left join users as givers on givers.id = offered_by
      where beneficiary_id = ${id}`,
    document: sql`select 'document' as kind, documents.id, documents.created_at as at, filename as title,
        null as state, null as percentage, users.name as by_name, null as thread
      from documents left join users on users.id = documents.uploaded_by
      where beneficiary_id = ${id} and documents.deleted_at is null and ${isDocument}`,
    message: sql`${messages(
      sql`recipient_id = ${userId} and +sender_id = ${viewerId} and hidden_by_sender_at is null`,
      organizationId,
    )} union all ${messages(
      sql`sender_id = ${userId} and +recipient_id = ${viewerId} and hidden_by_recipient_at is null`,
      organizationId,
    )}`,
    // One line may be about both files of one person.
    change: sql`select distinct 'change' as kind, activity_logs.id, activity_logs.created_at as at, action as title,
        iif(action = 'beneficiaries.setStatus', details ->> 'status', null) as state, null as percentage, users.name as by_name, null as thread
      from activity_people join activity_logs on activity_logs.id = activity_people.activity_id
        left join users on users.id = activity_logs.user_id
      where person_id in (select user_id from beneficiaries where id = ${id} or merged_into = ${id})
        and action in (${sql.join(['beneficiaries.create', 'peopleTrash.put', 'peopleTrash.restore', ...changingActions.filter((one) => !one.startsWith('handovers.'))])})`,
  }
}

/** Found from the side of the person, who has written and been written less than the staff. */
function messages(condition: RawBuilder<unknown>, organizationId: Id) {
  return sql`select 'message' as kind, messages.id, messages.created_at as at,
      coalesce(nullif(subject, ''), substr(content, 1, 120)) as title, null as state, null as percentage,
      users.name as by_name, thread
    from messages left join users on users.id = sender_id
    where ${condition} and +messages.organization_id = ${organizationId}`
}

function attempts(id: Id, kind: RawBuilder<unknown>, at: RawBuilder<unknown>, condition: RawBuilder<unknown>) {
  return sql`select ${kind} as kind, attempts.id, ${at} as at, assessments.title,
      case assessment_results.passed when 1 then 'passed' when 0 then 'failed' else attempts.state end as state,
      assessment_results.percentage, null as by_name, null as thread
    from attempts join assessments on assessments.id = attempts.assessment_id
      left join assessment_results on assessment_results.attempt_id = attempts.id
    where attempts.beneficiary_id = ${id} and ${condition}`
}
