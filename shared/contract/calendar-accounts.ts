import * as z from 'zod'
import { AppointmentFields, EventElsewhere, Recurrence } from './appointments.ts'
import { Done, Id, mutation, query, Timestamp } from './base.ts'

export const accountKinds = ['caldav', 'google'] as const
export const AccountKind = z.enum(accountKinds)
export type AccountKind = z.infer<typeof AccountKind>

/** Why both sides did not agree the last time. */
export const accountProblems = [
  'wrongPassword',
  'forbidden',
  'unreachable',
  'calendarGone',
  'noCalendars',
  'notSecure',
  'notTrusted',
  'wrongCertificate',
  'otherHost',
  'full',
  'notSetUp',
  'odd',
] as const
export const AccountProblem = z.enum(accountProblems)
export type AccountProblem = z.infer<typeof AccountProblem>

const address = z.string().trim().min(1).max(1000)
const access = z.object({
  /** Of the server, or of the calendar; encrypted, unless it is on this computer. */
  address,
  userName: z.string().trim().min(1).max(200),
  password: z.string().min(1).max(1000),
})

/** `hosts`: where a server may send on to with the password, because the person has agreed to each by name. */
export const FindCalendars = access.extend({ hosts: z.array(z.string().min(1).max(300)).max(5).default([]) })
export type FindCalendars = z.infer<typeof FindCalendars>

const telling = {
  /** Title, description and place go there; otherwise a word that says nothing stands in their place. */
  tellsWords: z.boolean(),
  word: z.string().trim().min(1).max(200),
}

export const AddCaldav = access.extend(telling).extend({ calendarName: z.string().trim().min(1).max(200) })
export type AddCaldav = z.infer<typeof AddCaldav>

export const CalendarAccount = z.object({
  id: Id,
  kind: AccountKind,
  /** Without what opens it. */
  address: z.string(),
  userName: z.string(),
  calendarName: z.string(),
  tellsWords: z.boolean(),
  problem: AccountProblem.nullable(),
  triedAt: Timestamp.nullable(),
  agreedAt: Timestamp.nullable(),
  isRunning: z.boolean(),
  /** It goes as soon as what travelled is taken out there. */
  isLeaving: z.boolean(),
  /** How many appointments are there. */
  appointments: z.int(),
})
export type CalendarAccount = z.infer<typeof CalendarAccount>

export const noticeFields = ['title', 'description', 'location', 'isCancelled', 'when', 'occurrence'] as const

const NoticeValue = z.object({
  /** In words: a title, a description, a place. */
  text: z.string().nullable(),
  startTime: Timestamp.nullable(),
  endTime: Timestamp.nullable(),
  isCancelled: z.boolean(),
  isLeftOut: z.boolean(),
})
export type NoticeValue = z.infer<typeof NoticeValue>

/** `kept`: both sides changed the same, and ours stayed. `cameBack…`: deleted on one side and edited on the other. */
export const CalendarNotice = z.object({
  id: Id,
  accountId: Id,
  appointmentId: Id,
  kind: z.enum(['kept', 'cameBackHere', 'cameBackThere', 'unreadable']),
  title: z.string(),
  startTime: Timestamp,
  field: z.enum(noticeFields).nullable(),
  ours: NoticeValue.nullable(),
  theirs: NoticeValue.nullable(),
  createdAt: Timestamp,
})
export type CalendarNotice = z.infer<typeof CalendarNotice>

/** When the caller is busy by a calendar elsewhere. */
export const BusyBlock = EventElsewhere.extend({
  calendarName: z.string(),
  title: z.string(),
  startTime: Timestamp,
  endTime: Timestamp,
  /** One time of several. */
  repeats: z.boolean(),
  /** It can become an appointment: nothing of it would be lost. */
  isKeepable: z.boolean(),
})
export type BusyBlock = z.infer<typeof BusyBlock>

/** What an event elsewhere is as an appointment; of a series the first one. */
export const EventAsAppointment = AppointmentFields.pick({
  title: true,
  description: true,
  location: true,
  type: true,
  startTime: true,
  endTime: true,
  recurrence: true,
}).extend({ recurrence: Recurrence.nullable(), calendarName: z.string() })
export type EventAsAppointment = z.infer<typeof EventAsAppointment>

/** It is its owner's: what somebody else holds does not travel. */
export const TakeUp = AppointmentFields.omit({ trainerId: true }).extend({ event: EventElsewhere })
export type TakeUp = z.infer<typeof TakeUp>

/** What Google gives an organization that has told it of this program. */
export const GoogleClientFields = z.object({
  clientId: z
    .string()
    .trim()
    .regex(/^[\w.-]+\.apps\.googleusercontent\.com$/)
    .max(200),
  clientSecret: z.string().trim().max(200).default(''),
})
export type GoogleClientFields = z.infer<typeof GoogleClientFields>

export const BeginGoogle = z.object({
  ...telling,
  calendarName: z.string().trim().min(1).max(200),
  /** On the page that the person comes back to from Google. */
  onReturn: z.object({ done: z.string().min(1).max(500), refused: z.string().min(1).max(500) }),
})
export type BeginGoogle = z.infer<typeof BeginGoogle>

const one = z.object({ id: Id })
const ownAccount = { none: 'the account is on this machine alone, and says how it stands' }

/** Calendars elsewhere that somebody's own appointments travel to, from this machine. Nothing else needs one. */
export const calendarAccounts = {
  list: query().output(z.object({ accounts: z.array(CalendarAccount), notices: z.array(CalendarNotice) })),
  /** Asks a server which calendars somebody has there; keeps nothing. `calendar.otherHost` names the next host to agree to. */
  findCalendars: query()
    .input(FindCalendars)
    .output(z.array(z.object({ address: z.string(), name: z.string() }))),
  addCaldav: mutation({ action: 'calendarAccounts.add' })
    .input(AddCaldav)
    .output(z.object({ id: Id })),
  /** Null: nobody has told the organization to Google, and without that Google lets nobody in. */
  google: query().output(z.object({ clientId: z.string().nullable() })),
  setGoogle: mutation({ action: 'calendarAccounts.setGoogle', resource: 'organizations' })
    .input(z.object({ client: GoogleClientFields.nullable() }))
    .output(Done),
  /** Where the person consents at Google; the account is there as soon as they have. */
  beginGoogle: mutation({ none: 'the account is noted when the person has consented' })
    .input(BeginGoogle)
    .output(z.object({ url: z.url() })),
  /** Another password, where the one before is not taken any more. */
  setPassword: mutation({ action: 'calendarAccounts.setPassword' })
    .input(one.extend({ password: access.shape.password }))
    .output(Done),
  setTelling: mutation({ action: 'calendarAccounts.setTelling' }).input(one.extend(telling)).output(Done),
  /** `takesAlong`: what travelled is taken out there first. */
  remove: mutation({ action: 'calendarAccounts.remove' })
    .input(one.extend({ takesAlong: z.boolean() }))
    .output(Done),
  /** Answers when both sides have agreed, or could not. */
  agreeNow: mutation(ownAccount).input(one).output(Done),
  busy: query()
    .input(z.object({ from: Timestamp, until: Timestamp }))
    .output(z.array(BusyBlock)),
  event: query().input(EventElsewhere).output(EventAsAppointment),
  /** The event becomes an appointment, and is the same thing from then on; `undo` is one of `appointments.undo`. */
  takeUp: mutation({ action: 'calendarAccounts.takeUp', resource: 'appointments' })
    .input(TakeUp)
    .output(z.object({ id: Id, undo: z.uuid() })),
  takeTheirs: mutation({ action: 'calendarAccounts.takeTheirs', resource: 'appointments' }).input(one).output(Done),
  dismissNotice: mutation({ none: 'a notice has been seen' }).input(one).output(Done),
}
