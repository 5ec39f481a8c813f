import type { CalendarNotice, NoticeValue } from '../../../shared/contract/calendar-accounts.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { applyHere } from './apply.ts'
import { isOccurrence, whenField } from './merge.ts'
import { type Account, deleteNotice, type Notice, type Owner, ownNotices } from './queries.ts'
import { tellingOf } from './take-in.ts'
import { fieldsOf, placeIn, travellingOf, whenIn } from './travelling.ts'
import { isLiving, unitOf } from './units.ts'

/** What was changed on both sides and nobody has settled yet, the latest first. */
export async function noticesOf(db: Reader, owner: Owner): Promise<CalendarNotice[]> {
  return (await ownNotices(db, owner)).map((notice) => ({
    id: notice.id,
    accountId: notice.account_id,
    appointmentId: notice.appointment_id,
    kind: notice.kind,
    title: notice.title,
    startTime: notice.start_time,
    field: nameOf(notice),
    ours: notice.kind === 'kept' ? valueOf(notice.field, notice.ours) : null,
    theirs: notice.kind === 'kept' ? valueOf(notice.field, notice.theirs) : null,
    createdAt: notice.created_at,
  }))
}

function nameOf({ kind, field }: Notice): CalendarNotice['field'] {
  if (kind !== 'kept') return null
  if (isOccurrence(field)) return 'occurrence'
  const names = ['title', 'description', 'location', 'isCancelled', 'when'] as const
  return names.find((name) => name === field) ?? null
}

function valueOf(field: string, value: string | null): NoticeValue {
  const plain = { text: null, startTime: null, endTime: null, isCancelled: false, isLeftOut: false }
  if (isOccurrence(field)) {
    if (value === null) return plain
    const place = placeIn(value)
    if (!place) return { ...plain, isLeftOut: true }
    const { title, startTime, endTime, isCancelled } = place
    return { ...plain, text: title || null, startTime, endTime, isCancelled }
  }
  if (value === null) return plain
  if (field === 'isCancelled') return { ...plain, isCancelled: value === 'true' }
  if (field !== whenField) return { ...plain, text: value }
  const { startTime, endTime } = whenIn(value)
  return { ...plain, startTime, endTime }
}

interface Taking {
  db: Writer
  account: Account
  now: string
}

/** Theirs after all, of one field. */
export async function takeTheirs({ db, account, now }: Taking, notice: Notice) {
  const unit = await unitOf(db, account.organization_id, notice.appointment_id)
  if (!unit || !isLiving(unit, account.user_id) || notice.kind !== 'kept') {
    throw new Refusal('notFound', 'appointment.notFound')
  }
  const telling = tellingOf(account)
  const { [notice.field]: _, ...rest } = fieldsOf(travellingOf(unit, telling), telling.tellsWords)
  const fields = notice.theirs === null ? rest : { ...rest, [notice.field]: notice.theirs }
  const result = await applyHere({ db, unit, telling, now }, fields)
  if (result !== 'done') throw new Refusal('invalid', `appointment.${result}`)
  await deleteNotice(db, notice.id)
}
