import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Id } from '../../../../shared/contract/base.ts'
import type { RetentionSubject } from '../../../../shared/contract/privacy.ts'

/** A row that has grown old: whose it is, and whether a legal hold keeps it. */
export interface DueRow {
  id: Id
  person: Id | null
  held: number
}

/** How much goes in one run: it is one transaction, and everybody else waits for it. */
export const mostInOneRun: Record<RetentionSubject, number> = {
  files: 50,
  answers: 20_000,
  messages: 20_000,
  notifications: 20_000,
  sessions: 20_000,
  appointments: 20_000,
  rooms: 20_000,
  activity: 1_000,
  errors: 20_000,
}

const isHeld = (person: RawBuilder<unknown>) =>
  sql<SqlBool>`exists (select 1 from legal_holds where lifted_at is null and person_id in (${person}))`

/** What of an organization is older than `before`, held or not. */
export const dueRows: Record<RetentionSubject, (organizationId: Id, before: string) => RawBuilder<DueRow>> = {
  files: (organizationId, before) => sql`
    select id, user_id as person, ${isHeld(sql`user_id`)} as held from beneficiaries
    where organization_id = ${organizationId} and status in ('completed', 'inactive') and updated_at < ${before}
      and not exists (select 1 from attempts where beneficiary_id = beneficiaries.id and updated_at >= ${before})`,
  answers: (organizationId, before) => sql`
    select responses.id, user_id as person, ${isHeld(sql`user_id`)} as held
    from responses
    join attempts on attempts.id = responses.attempt_id
    join beneficiaries on beneficiaries.id = responses.beneficiary_id
    where responses.organization_id = ${organizationId} and answer is not null
      and attempts.state = 'graded' and attempts.updated_at < ${before}`,
  messages: (organizationId, before) => sql`
    select id, sender_id as person, ${isHeld(sql`sender_id, recipient_id`)} as held from messages
    where organization_id = ${organizationId} and created_at < ${before}`,
  notifications: (organizationId, before) => sql`
    select id, user_id as person, ${isHeld(sql`user_id`)} as held from notifications
    where organization_id = ${organizationId} and created_at < ${before}`,
  sessions: (organizationId, before) => sql`
    select sessions.id, user_id as person, ${isHeld(
      sql`user_id, (select b.user_id from beneficiaries b where b.id = sessions.beneficiary_id)`,
    )} as held
    from sessions join users on users.id = sessions.user_id
    where organization_id = ${organizationId} and expires_at < ${before}`,
  appointments: (organizationId, before) => sql`
    select appointments.id, user_id as person, ${isHeld(sql`user_id`)} as held
    from appointments left join beneficiaries on beneficiaries.id = appointments.beneficiary_id
    where appointments.organization_id = ${organizationId} and end_time < ${before} and not exists (
      -- A series goes as a whole: what is left of it would come back without its changes.
      select 1 from appointments as kin
      where coalesce(kin.series_end, kin.end_time) >= ${before}
        and (kin.id = coalesce(appointments.series_id, appointments.id)
          or kin.series_id = coalesce(appointments.series_id, appointments.id))
    )`,
  rooms: (organizationId, before) => sql`
    select id, user_id as person, ${isHeld(sql`user_id`)} as held from classroom_sessions
    where organization_id = ${organizationId} and ended_at < ${before}`,
  activity: (organizationId, before) => sql`
    select id, user_id as person, (${isHeld(sql`user_id`)} or exists (
      select 1 from activity_people
      join legal_holds on legal_holds.person_id = activity_people.person_id and lifted_at is null
      where activity_id = activity_logs.id
    )) as held
    from activity_logs
    where organization_id = ${organizationId} and created_at < ${before}
      and json_extract(details, '$.isErased') is not 1`,
  errors: (organizationId, before) => sql`
    select id, user_id as person, ${isHeld(sql`user_id`)} as held from error_logs
    where organization_id = ${organizationId} and "timestamp" < ${before}`,
}
