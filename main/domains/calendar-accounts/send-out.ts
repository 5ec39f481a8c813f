import type { Id } from '../../../shared/contract/base.ts'
import { breather } from '../../breather.ts'
import { uidOf } from '../appointments/calendar-file/write.ts'
import { setAppointment } from '../appointments/queries.ts'
import { agreedOn, areWordsCompared, comparable, digested, readBase } from './digests.ts'
import { type Fields, isAsAgreed } from './merge.ts'
import { CalendarFailure, type Sending } from './provider.ts'
import { busyRows, deleteLink, type Link, linkBy, linkOfAppointment, linksOf, putLink } from './queries.ts'
import type { Round } from './round-parts.ts'
import { ownerOf, takeIn, takeOut, tellingOf } from './take-in.ts'
import { knownEvent, linkTo } from './take-up.ts'
import { toldUnit } from './told-rows.ts'
import { fieldsOf, travellingOf, type Unit } from './travelling.ts'
import { isLiving, isWithSomebodyHere, unitOf, unitsFrom } from './units.ts'

/** What is over for longer goes nowhere, unless it is there already. */
const daysBack = 30
const dayMs = 86_400_000
/** So often somebody may write there while we do. */
const mostTries = 3

/** Everything of the trainer that is not there as it is here. One event that the server does not want holds up no other. */
export async function sendOut(round: Round) {
  const { database, clock, account, stopping } = round
  const since = new Date(clock.now().getTime() - daysBack * dayMs).toISOString()
  const links = await linksOf(database.reader, account.id)
  const linked = links.flatMap(({ appointment_id }) => appointment_id ?? [])
  const living = account.is_leaving === 1 ? [] : await unitsFrom(database.reader, ownerOf(account), since)
  let odd: unknown
  const breathe = breather()
  const attempt = async (work: () => Promise<void>) => {
    if (stopping.aborted) throw new CalendarFailure('unreachable')
    await breathe()
    try {
      await work()
    } catch (error) {
      if (!(error instanceof CalendarFailure) || !['odd', 'full', 'forbidden'].includes(error.trouble)) throw error
      odd = error
    }
  }
  for (const id of new Set([...living, ...(account.is_leaving === 1 ? [] : linked)]))
    await attempt(() => sendUnit(round, id))
  for (const link of await linksOf(database.reader, account.id)) await attempt(() => withdraw(round, link))
  if (odd) throw odd
}

async function ownUnit({ database, account }: Round, id: Id): Promise<Unit | undefined> {
  const unit = await unitOf(database.reader, account.organization_id, id)
  return unit && isLiving(unit, account.user_id) && (await isWithSomebodyHere(database.reader, id)) ? unit : undefined
}

async function sendUnit(round: Round, id: Id) {
  for (let tries = 0; tries < mostTries; tries++) {
    const ready = await readyToSend(round, id)
    if (!ready) return
    const result = await round.provider.put(ready.sending)
    if (result !== 'changed') {
      await noteSent(round, ready, result.etag)
      return
    }
    await lookAgain(round, ready.sending)
  }
}

interface Ready {
  sending: Sending
  appointmentId: Id
  fields: Fields
}

/** Undefined: it is there as it is here. What is new is noted before it is sent, so that it is known when it is found there. */
async function readyToSend(round: Round, id: Id): Promise<Ready | undefined> {
  const { database, account, provider } = round
  const unit = await ownUnit(round, id)
  if (!unit) return undefined
  const telling = tellingOf(account)
  const fields = fieldsOf(travellingOf(unit, telling), telling.tellsWords)
  const link = (await linkOfAppointment(database.reader, account.id, id)) ?? (await takenUpElsewhere(round, unit))
  const base = readBase(link?.base ?? null)
  const areWords = areWordsCompared(base, telling.tellsWords)
  const uid = link?.uid ?? uidOf(unit.row)
  const agreed = agreedOn(uid, base, areWords)
  const isThere = link !== undefined && link.etag !== null && base?.hasWords === telling.tellsWords
  if (isThere && agreed && isAsAgreed(agreed, comparable(fields, areWords))) return undefined
  const place = { href: link?.href ?? provider.placeOf(uid), etag: link?.etag ?? null }
  if (!link) await noteIntent(round, unit, { uid, href: place.href, fields })
  const keepsWords = !areWords && place.etag !== null
  return { sending: { uid, ...place, unit: toldUnit(unit, telling, uid), keepsWords }, appointmentId: id, fields }
}

/** On another machine of the trainer, from what this one knows as a time that is taken. */
async function takenUpElsewhere({ database, account }: Round, { row }: Unit): Promise<Link | undefined> {
  if (row.uid === null) return undefined
  const event = knownEvent(await busyRows(database.reader, account.id, { uid: row.uid }))
  if (!event) return undefined
  return database.write(async (db) => {
    await linkTo(db, account, event, row.id)
    return linkOfAppointment(db, account.id, row.id)
  })
}

function noteIntent(
  { database, account }: Round,
  { row }: Unit,
  { uid, href, fields }: { uid: string; href: string; fields: Fields },
) {
  const base = digested(uid, fields, account.tells_words === 1)
  return database.write(async (db) => {
    await putLink(db, { account_id: account.id, uid, appointment_id: row.id, href, etag: null, base })
    // Of this machine and of others of the trainer, it is the same event from now on.
    if (row.uid === null) await setAppointment(db, row.id, { uid })
    if (account.kind === 'google') await setAppointment(db, row.id, { google_event_id: href })
  })
}

function noteSent({ database, account }: Round, { sending, appointmentId, fields }: Ready, etag: string) {
  const { uid, href } = sending
  const base = digested(uid, fields, account.tells_words === 1)
  return database.write((db) =>
    putLink(db, { account_id: account.id, uid, appointment_id: appointmentId, href, etag, base }),
  )
}

/** Somebody wrote there, or took it out, since we looked. */
async function lookAgain({ database, clock, account, provider }: Round, { href }: { href: string }) {
  const remote = await provider.read(href)
  const now = clock.now().toISOString()
  await database.write(async (db) => {
    const taking = { db, database, account, now }
    if (remote) await takeIn(taking, remote)
    else await takeOut(taking, href)
  })
}

/** Takes out there what is not here any more. */
async function withdraw(round: Round, { uid }: Link) {
  const { database, account, provider } = round
  for (let tries = 0; tries < mostTries; tries++) {
    const link = await linkBy(database.reader, account.id, 'uid', uid)
    if (!link) return
    const isHere = link.appointment_id !== null && (await ownUnit(round, link.appointment_id)) !== undefined
    if (isHere && account.is_leaving === 0) return
    const result = await provider.remove({ href: link.href, etag: account.is_leaving === 1 ? null : link.etag })
    if (result === 'done') {
      await database.write((db) => deleteLink(db, link))
      return
    }
    await lookAgain(round, link)
  }
}
