import type { Selectable } from 'kysely'
import * as z from 'zod'
import { AppointmentFields, type EventElsewhere } from '../../../shared/contract/appointments.ts'
import type { Id } from '../../../shared/contract/base.ts'
import type { TakeUp } from '../../../shared/contract/calendar-accounts.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { Actor } from '../../actor.ts'
import type { WriteContext } from '../../context.ts'
import type { Reader, Writer } from '../../database/database.ts'
import type { Database } from '../../database/tables.ts'
import { createAppointment } from '../appointments/create.ts'
import { setAppointment } from '../appointments/queries.ts'
import type { UndoShelf } from '../appointments/undo.ts'
import { applyHere } from './apply.ts'
import { digested } from './digests.ts'
import { ownerFor } from './owner.ts'
import type { AsAppointment } from './provider.ts'
import {
  type Account,
  accountById,
  busyRows,
  deleteLink,
  dropBusy,
  insertBusyRows,
  linkBy,
  ownAccount,
  putLink,
  setAccount,
} from './queries.ts'
import { fieldsOf, placesIn, travellingIn, travellingOf } from './travelling.ts'
import { unitOf } from './units.ts'

const StoredEvent: z.ZodType<AsAppointment> = z.object({ fields: z.record(z.string(), z.string()), type: z.string() })

/** What is known here of an event elsewhere, and how it would be kept. */
export interface KnownEvent {
  rows: Selectable<Database['calendar_busy']>[]
  href: string
  etag: string
  uid: string
  asAppointment: AsAppointment
}

/** As the form of a new appointment begins. */
export async function eventFor(db: Reader, actor: Actor, place: EventElsewhere) {
  const { account, event } = await reached(db, actor, place)
  const { title, description, location, startTime, endTime, recurrence } = travellingIn(event.asAppointment.fields)
  const { type } = event.asAppointment
  return { title, description, location, type, startTime, endTime, recurrence, calendarName: account.calendar_name }
}

/** An event elsewhere becomes an appointment of its owner. What is different here goes there when both sides agree next. */
export async function takeUp(context: WriteContext, shelf: UndoShelf, { event: place, ...fields }: TakeUp) {
  const { db, actor, now } = context
  const { account, event } = await reached(db, actor, place)
  const { result: id, undo } = await shelf.undoable(context, [], async () => {
    const made = await createAppointment(context, AppointmentFields.parse({ ...fields, trainerId: account.user_id }))
    await setAppointment(db, made, { uid: event.uid, google_event_id: account.kind === 'google' ? event.href : null })
    await takePlaces({ db, now }, account, { id: made, event })
    await linkTo(db, account, event, made)
    return { result: made, made: [made], alsoBack: (writer) => giveBack(writer, account.id, event) }
  })
  context.about(id)
  return { id, undo, accountId: account.id }
}

/** Somebody else's account, and what is not in it any more, are both missing. */
async function reached(db: Reader, actor: Actor, { accountId, href }: EventElsewhere) {
  const account = await ownAccount(db, ownerFor(actor), accountId)
  const rows = account ? await busyRows(db, accountId, { href }) : []
  if (!account || rows.length === 0) throw new Refusal('notFound', 'calendarAccount.eventNotFound')
  const event = knownEvent(rows)
  if (!event) throw new Refusal('invalid', 'calendarAccount.eventNotKeepable')
  return { account, event }
}

/** Undefined: as an appointment it would lose something. */
export function knownEvent(rows: KnownEvent['rows']): KnownEvent | undefined {
  const [first] = rows
  if (!first || first.event === null) return undefined
  const { href, etag, uid } = first
  return { rows, href, etag, uid, asAppointment: StoredEvent.parse(JSON.parse(first.event)) }
}

/** What is different in a series comes along. */
async function takePlaces(
  { db, now }: Pick<WriteContext, 'db' | 'now'>,
  account: Account,
  { id, event }: { id: Id; event: KnownEvent },
) {
  const places = placesIn(event.asAppointment.fields)
  const unit = await unitOf(db, account.organization_id, id)
  if (!unit || Object.keys(places).length === 0) return
  const telling = { userId: account.user_id, tellsWords: true, word: account.word }
  const here = fieldsOf(travellingOf(unit, telling), true)
  await applyHere({ db, unit, telling, now }, { ...here, ...places })
}

/** From now on it is this appointment, as both sides have it. */
export async function linkTo(db: Writer, account: Account, event: KnownEvent, appointmentId: Id) {
  const { uid, href, etag, asAppointment } = event
  const tellsWords = account.tells_words === 1
  const base = digested(uid, fieldsOf(travellingIn(asAppointment.fields), tellsWords), tellsWords)
  await putLink(db, { account_id: account.id, uid, appointment_id: appointmentId, href, etag, base })
  await dropBusy(db, account.id, href)
}

/** It stays there, with what has arrived there meanwhile, and is a time that is taken again; then the calendar is named. */
async function giveBack(db: Writer, accountId: Id, { rows, href, etag, uid }: KnownEvent): Promise<string | null> {
  const link = await linkBy(db, accountId, 'uid', uid)
  if (link) await deleteLink(db, link)
  const account = await accountById(db, accountId)
  if (!account) return null
  await dropBusy(db, accountId, href)
  await insertBusyRows(db, rows)
  if (!link || link.etag === etag) return null
  // What was sent there is looked at anew.
  await setAccount(db, accountId, { token: null })
  return account.calendar_name
}
