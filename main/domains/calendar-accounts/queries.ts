import { type Selectable, sql, type Updateable } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { AccountProblem } from '../../../shared/contract/calendar-accounts.ts'
import type { Reader, Writer } from '../../database/database.ts'
import type { Database } from '../../database/tables.ts'
import type { Base } from './digests.ts'
import type { Remote } from './provider.ts'

export type Account = Selectable<Database['calendar_accounts']>
export type Link = Selectable<Database['calendar_links']>
export type Notice = Selectable<Database['calendar_notices']>

export interface Owner {
  organizationId: Id
  userId: Id
}

export function ownAccounts(db: Reader, { organizationId, userId }: Owner): Promise<Account[]> {
  return db
    .selectFrom('calendar_accounts')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('user_id', '=', userId)
    .orderBy('id')
    .execute()
}

export function ownAccount(db: Reader, { organizationId, userId }: Owner, id: Id): Promise<Account | undefined> {
  return db
    .selectFrom('calendar_accounts')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .executeTakeFirst()
}

export function accountById(db: Reader, id: Id): Promise<Account | undefined> {
  return db.selectFrom('calendar_accounts').selectAll().where('id', '=', id).executeTakeFirst()
}

/** Of people who may work here. */
export function activeAccounts(db: Reader) {
  return db
    .selectFrom('calendar_accounts')
    .innerJoin('users', 'users.id', 'calendar_accounts.user_id')
    .innerJoin('organizations', 'organizations.id', 'calendar_accounts.organization_id')
    .select(['calendar_accounts.id', 'calendar_accounts.user_id as userId'])
    .where('users.is_active', '=', true)
    .where('organizations.is_active', '=', true)
    .orderBy('calendar_accounts.id')
    .execute()
}

type NewAccount = Pick<
  Account,
  'organization_id' | 'user_id' | 'kind' | 'address' | 'user_name' | 'secret' | 'calendar_name' | 'word' | 'created_at'
> & { tells_words: number }

export async function insertAccount(db: Writer, account: NewAccount): Promise<Id> {
  const { id } = await db
    .insertInto('calendar_accounts')
    .values({ id: sql<Id>`(select coalesce(max(id), 0) + 1 from calendar_accounts)`, ...account })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

export function setAccount(db: Writer, id: Id, columns: Updateable<Database['calendar_accounts']>) {
  return db.updateTable('calendar_accounts').set(columns).where('id', '=', id).execute()
}

export function deleteAccount(db: Writer, id: Id) {
  return db.deleteFrom('calendar_accounts').where('id', '=', id).execute()
}

/** A try that ended; null: both sides have agreed. */
export function noteTry(db: Writer, id: Id, problem: AccountProblem | null, now: string) {
  return setAccount(db, id, { problem, tried_at: now, ...(problem === null && { agreed_at: now }) })
}

export function linksOf(db: Reader, accountId: Id): Promise<Link[]> {
  return db.selectFrom('calendar_links').selectAll().where('account_id', '=', accountId).orderBy('uid').execute()
}

export function linkBy(db: Reader, accountId: Id, by: 'uid' | 'href', value: string): Promise<Link | undefined> {
  return db
    .selectFrom('calendar_links')
    .selectAll()
    .where('account_id', '=', accountId)
    .where(by, '=', value)
    .executeTakeFirst()
}

export function linkOfAppointment(db: Reader, accountId: Id, appointmentId: Id): Promise<Link | undefined> {
  return db
    .selectFrom('calendar_links')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('appointment_id', '=', appointmentId)
    .executeTakeFirst()
}

export function putLink(db: Writer, link: Omit<Link, 'base'> & { base: Base | null }) {
  const row = { ...link, base: link.base && JSON.stringify(link.base) }
  const { appointment_id, href, etag, base } = row
  return db
    .insertInto('calendar_links')
    .values(row)
    .onConflict((conflict) => conflict.columns(['account_id', 'uid']).doUpdateSet({ appointment_id, href, etag, base }))
    .execute()
}

export function setEtag(db: Writer, { account_id, uid }: Pick<Link, 'account_id' | 'uid'>, etag: string | null) {
  return db
    .updateTable('calendar_links')
    .set({ etag })
    .where('account_id', '=', account_id)
    .where('uid', '=', uid)
    .execute()
}

export function deleteLink(db: Writer, { account_id, uid }: Pick<Link, 'account_id' | 'uid'>) {
  return db.deleteFrom('calendar_links').where('account_id', '=', account_id).where('uid', '=', uid).execute()
}

/** The trainer's own appointment of that name: it is found again when nobody noted that it had arrived. */
export function appointmentByUid(db: Reader, { organizationId, userId }: Owner, uid: string) {
  return db
    .selectFrom('appointments')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('trainer_id', '=', userId)
    .where('uid', '=', uid)
    .where('deleted_at', 'is', null)
    .orderBy('id')
    .executeTakeFirst()
}

/** The etags of everything that has been seen there, by place. */
export async function knownPlaces(db: Reader, accountId: Id): Promise<Map<string, string>> {
  const links = await linksOf(db, accountId)
  const busy = await db
    .selectFrom('calendar_busy')
    .select(['href', 'etag'])
    .where('account_id', '=', accountId)
    .execute()
  const seen = [...links, ...busy].flatMap(({ href, etag }): [string, string][] =>
    etag === null ? [] : [[href, etag]],
  )
  return new Map(seen)
}

type Seen = Pick<Remote, 'href' | 'etag' | 'uid' | 'busy' | 'asAppointment'>

export async function putBusy(db: Writer, accountId: Id, { href, etag, uid, busy, asAppointment }: Seen) {
  await dropBusy(db, accountId, href)
  // One that takes no time is remembered too, or it would be fetched every time.
  const rows = busy.length > 0 ? busy : [null]
  for (const [part, time] of rows.entries()) {
    await db
      .insertInto('calendar_busy')
      .values({
        account_id: accountId,
        href,
        etag,
        part,
        uid,
        event: part === 0 && asAppointment ? JSON.stringify(asAppointment) : null,
        title: time?.title ?? '',
        start_time: time?.startTime ?? null,
        end_time: time?.endTime ?? null,
        recurrence: time?.recurrence?.rule ?? null,
        time_zone: time?.recurrence?.timeZone ?? null,
        series_end: time?.recurrence?.seriesEnd ?? null,
        without: JSON.stringify(time?.without ?? []),
        without_rules: JSON.stringify(time?.withoutRules ?? []),
      })
      .execute()
  }
}

/** All parts of an event, the first one first. */
export function busyRows(db: Reader, accountId: Id, by: { href: string } | { uid: string }) {
  const [column, value] = 'href' in by ? (['href', by.href] as const) : (['uid', by.uid] as const)
  return db
    .selectFrom('calendar_busy')
    .selectAll()
    .where('account_id', '=', accountId)
    .where(column, '=', value)
    .orderBy('href')
    .orderBy('part')
    .execute()
}

export async function insertBusyRows(db: Writer, rows: readonly Selectable<Database['calendar_busy']>[]) {
  for (const row of rows) await db.insertInto('calendar_busy').values(row).execute()
}

export function dropBusy(db: Writer, accountId: Id, href: string) {
  return db.deleteFrom('calendar_busy').where('account_id', '=', accountId).where('href', '=', href).execute()
}

export type NewNotice = Pick<
  Notice,
  'account_id' | 'appointment_id' | 'kind' | 'field' | 'ours' | 'theirs' | 'created_at'
>

/** The last word on one field of one appointment. */
export function putNotice(db: Writer, notice: NewNotice) {
  const { ours, theirs, created_at } = notice
  return db
    .insertInto('calendar_notices')
    .values({ id: sql<Id>`(select coalesce(max(id), 0) + 1 from calendar_notices)`, ...notice })
    .onConflict((conflict) =>
      conflict.columns(['account_id', 'appointment_id', 'kind', 'field']).doUpdateSet({ ours, theirs, created_at }),
    )
    .execute()
}

export function ownNotices(db: Reader, { organizationId, userId }: Owner) {
  return db
    .selectFrom('calendar_notices')
    .innerJoin('calendar_accounts', 'calendar_accounts.id', 'calendar_notices.account_id')
    .innerJoin('appointments', 'appointments.id', 'calendar_notices.appointment_id')
    .selectAll('calendar_notices')
    .select(['appointments.title', 'appointments.start_time'])
    .where('calendar_accounts.organization_id', '=', organizationId)
    .where('calendar_accounts.user_id', '=', userId)
    .where('appointments.trainer_id', '=', userId)
    .orderBy('calendar_notices.id', 'desc')
    .limit(200)
    .execute()
}

export function deleteNotice(db: Writer, id: Id) {
  return db.deleteFrom('calendar_notices').where('id', '=', id).execute()
}
