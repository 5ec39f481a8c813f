import type { Id } from '../../../shared/contract/base.ts'
import type { DatabaseFile, Writer } from '../../database/database.ts'
import { logActivity } from '../activity/log.ts'
import type { Stored } from '../appointments/queries.ts'
import { tellOfAppointment, type Version } from '../notifications/appointments.ts'
import { applyHere, removeHere } from './apply.ts'
import { agreedOn, areWordsCompared, comparable, digested, readBase } from './digests.ts'
import { type Fields, type Merged, merge } from './merge.ts'
import type { Remote } from './provider.ts'
import {
  type Account,
  appointmentByUid,
  deleteLink,
  dropBusy,
  type Link,
  linkBy,
  putBusy,
  putLink,
  putNotice,
  setEtag,
} from './queries.ts'
import { fieldsOf, type Telling, travellingOf, type Unit } from './travelling.ts'
import { isLiving, unitOf } from './units.ts'

export interface Taking {
  db: Writer
  database: DatabaseFile
  account: Account
  now: string
}

export function tellingOf({ user_id, tells_words, word }: Account): Telling {
  return { userId: user_id, tellsWords: tells_words === 1, word }
}

export function ownerOf({ organization_id, user_id }: Account) {
  return { organizationId: organization_id, userId: user_id }
}

/** What was made or changed there: merged into the appointment that it is, or noted as a time that is taken. */
export async function takeIn(taking: Taking, remote: Remote) {
  const { db, account } = taking
  const link = await linkFor(taking, remote)
  if (!link) {
    await putBusy(db, account.id, remote)
    return
  }
  await dropBusy(db, account.id, remote.href)
  if (link.etag !== null && link.etag === remote.etag && link.href === remote.href) return
  const unit = await linkedUnit(taking, link)
  // What is gone from here for good, or somebody else's by now, is taken out there as it is.
  if (!unit || unit.row.trainer_id !== account.user_id) {
    await putLink(db, { ...link, href: remote.href, etag: remote.etag, base: readBase(link.base) })
    return
  }
  if (!remote.event) {
    await note(taking, unit.row.id, { kind: 'unreadable' })
    return
  }
  await mergeIn(taking, { link, unit, remote, there: fieldsOf(remote.event, account.tells_words === 1) })
}

/** Known, or by its name an appointment of the trainer, as after a crash between sending and noting. */
async function linkFor({ db, account }: Taking, { href, uid }: Remote): Promise<Link | undefined> {
  const known = (await linkBy(db, account.id, 'href', href)) ?? (await linkBy(db, account.id, 'uid', uid))
  if (known || uid === '') return known
  const own = await appointmentByUid(db, ownerOf(account), uid)
  return own && { account_id: account.id, uid, appointment_id: own.id, href, etag: null, base: null }
}

interface Meeting {
  link: Link
  unit: Unit
  remote: Remote
  there: Fields
}

async function mergeIn(taking: Taking, { link, unit, remote, there }: Meeting) {
  const { db, account } = taking
  const telling = tellingOf(account)
  const here = isLiving(unit, account.user_id) ? fieldsOf(travellingOf(unit, telling), telling.tellsWords) : null
  const merged = merged3(link, telling, here, there)
  if (merged.fields === null) {
    await putLink(db, { ...link, href: remote.href, etag: remote.etag, base: readBase(link.base) })
    return
  }
  const isDone = await writeHere(taking, unit, here, merged)
  if (!isDone) {
    await note(taking, unit.row.id, { kind: 'unreadable' })
    return
  }
  const base = digested(link.uid, there, telling.tellsWords)
  await putLink(db, { ...link, href: remote.href, etag: remote.etag, base })
}

function merged3(
  { uid, base: text }: Link,
  { tellsWords }: Telling,
  here: Fields | null,
  there: Fields | null,
): Merged {
  const base = readBase(text)
  const areWords = areWordsCompared(base, tellsWords)
  const side = (fields: Fields | null) => fields && comparable(fields, areWords)
  return merge(agreedOn(uid, base, areWords), side(here), side(there))
}

/** False: what came cannot be kept, and nothing was written. */
async function writeHere(taking: Taking, unit: Unit, here: Fields | null, { fields, kept, cameBack }: Merged) {
  const { db, account, now } = taking
  if (fields === null) return true
  const wanted = { ...here, ...fields }
  for (const name of Object.keys(wanted)) if (name.startsWith('at:') && !(name in fields)) delete wanted[name]
  if (JSON.stringify(sorted(here ?? {})) !== JSON.stringify(sorted(wanted))) {
    const applying = { db, unit, telling: tellingOf(account), now }
    if ((await logged(taking, unit.row, () => applyHere(applying, wanted))) !== 'done') return false
  }
  for (const { field, ours = null, theirs = null } of kept)
    await note(taking, unit.row.id, { kind: 'kept', field, ours, theirs })
  if (cameBack === 'here') await note(taking, unit.row.id, { kind: 'cameBackHere' })
  if (cameBack === 'there') await note(taking, unit.row.id, { kind: 'cameBackThere' })
  return true
}

function sorted(fields: Fields) {
  return Object.entries(fields).toSorted(([one], [other]) => (one < other ? -1 : 1))
}

/** What was deleted there: into the trash here, unless somebody has changed it since. */
export async function takeOut(taking: Taking, href: string) {
  const { db, account, now } = taking
  await dropBusy(db, account.id, href)
  const link = await linkBy(db, account.id, 'href', href)
  if (!link || link.etag === null) return
  const unit = await linkedUnit(taking, link)
  const isHere = unit !== undefined && isLiving(unit, account.user_id)
  const telling = tellingOf(account)
  const here = isHere ? fieldsOf(travellingOf(unit, telling), telling.tellsWords) : null
  const merged = merged3(link, telling, here, null)
  if (!unit || merged.fields === null) {
    if (isHere) await logged(taking, unit.row, () => removeHere(db, unit, now))
    await deleteLink(db, link)
    return
  }
  await writeHere(taking, unit, here, merged)
  await setEtag(db, link, null)
}

async function linkedUnit({ db, account }: Taking, { appointment_id: id }: Link): Promise<Unit | undefined> {
  return id === null ? undefined : unitOf(db, account.organization_id, id)
}

interface Noted {
  kind: 'kept' | 'cameBackHere' | 'cameBackThere' | 'unreadable'
  field?: string
  ours?: string | null
  theirs?: string | null
}

function note(
  { db, account, now }: Taking,
  appointmentId: Id,
  { kind, field = '', ours = null, theirs = null }: Noted,
) {
  return putNotice(db, {
    account_id: account.id,
    appointment_id: appointmentId,
    kind,
    field,
    ours,
    theirs,
    created_at: now,
  })
}

/** What came from elsewhere stands in the log like a change by hand, and those concerned are told. */
export async function logged<T>(
  { db, database, account, now }: Taking,
  row: Stored,
  work: () => Promise<T>,
): Promise<T> {
  database.changes.start()
  const result = await work()
  const changes = database.changes.take()
  if (changes.listed.length === 0) return result
  const { organizationId, userId } = ownerOf(account)
  const after = await db.selectFrom('appointments').selectAll().where('id', '=', row.id).executeTakeFirst()
  const change = {
    organizationId,
    appointmentId: row.id,
    by: userId,
    before: versionOf(row),
    after: after ? versionOf(after) : null,
  }
  await tellOfAppointment(db, change, now)
  await logActivity(db, database.auditKey, {
    actor: { userId, organizationId },
    action: 'appointments.fromCalendar',
    resource: 'appointments',
    resourceId: row.id,
    details: {},
    changes,
    visitor: { ipAddress: '', userAgent: '' },
    now,
  })
  return result
}

function versionOf(row: Stored): Version | null {
  if (row.deleted_at !== null) return null
  return {
    title: row.title,
    startTime: row.start_time,
    endTime: row.series_end ?? row.end_time,
    location: row.location ?? '',
    type: row.type ?? '',
    status: row.status,
    description: row.description ?? '',
    trainerId: row.trainer_id,
    beneficiaryId: row.beneficiary_id,
    groupId: row.group_id,
  }
}
