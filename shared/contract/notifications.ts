import * as z from 'zod'
import { Done, Id, mutation, query, Timestamp } from './base.ts'
import { resetWays } from './sign-in.ts'

/** What somebody is told of and may choose not to be. */
export const notificationTypes = [
  'message',
  'appointment',
  'assessment',
  'graded',
  'result',
  'share',
  'opened',
  'handover',
] as const
export const NotificationType = z.enum(notificationTypes)
export type NotificationType = z.infer<typeof NotificationType>

/** What happened to an appointment; `soon`: it begins within half an hour. */
export const appointmentNews = ['made', 'changed', 'cancelled', 'soon'] as const

export const handoverNews = ['accepted', 'declined'] as const

export const crossingNews = ['went', 'came'] as const

/** What it is about, as far as it is still there and the reader's; the sentence is made on the screen. */
export const Told = z.discriminatedUnion('type', [
  z.object({ type: z.literal('message'), thread: z.uuid(), from: z.string().nullable(), subject: z.string() }),
  z.object({
    type: z.literal('appointment'),
    news: z.enum(appointmentNews),
    /** Null, as the title, when it is gone or somebody else's by now. */
    appointmentId: Id.nullable(),
    title: z.string().nullable(),
    startTime: Timestamp,
    /** Which one of a series. */
    occurrence: z.int().min(0).nullable(),
  }),
  z.object({ type: z.literal('assessment'), assessmentId: Id, title: z.string() }),
  z.object({ type: z.literal('graded'), attemptId: Id, title: z.string() }),
  z.object({ type: z.literal('result'), attemptId: Id, title: z.string() }),
  z.object({
    type: z.literal('share'),
    /** Null, as the name, when it is not shared with the reader any more. */
    documentId: Id.nullable(),
    filename: z.string().nullable(),
    from: z.string().nullable(),
  }),
  /** Somebody with whom the reader shared a document has opened it for the first time. */
  z.object({
    type: z.literal('opened'),
    documentId: Id.nullable(),
    filename: z.string().nullable(),
    from: z.string().nullable(),
  }),
  /** What became of an offer that the reader made, or that was made of a person of theirs. */
  z.object({
    type: z.literal('handover'),
    news: z.enum(handoverNews),
    from: z.string().nullable(),
    /** Null when the file is not on this computer any more. */
    name: z.string().nullable(),
    /** Null when it is somebody else's by now. */
    beneficiaryId: Id.nullable(),
  }),
  /** Somebody has gone to another organization, or come from one. */
  z.object({
    type: z.literal('crossing'),
    news: z.enum(crossingNews),
    /** Null, as the name, where the file is not here, or not the reader’s; whoever went is still named. */
    beneficiaryId: Id.nullable(),
    name: z.string().nullable(),
  }),
  z.object({ type: z.literal('security'), way: z.enum(resetWays), by: z.string().nullable() }),
])
export type Told = z.infer<typeof Told>

export const Notification = z.object({ id: Id, at: Timestamp, isRead: z.boolean(), told: Told })
export type Notification = z.infer<typeof Notification>

/** Local time of the day, where the screen is. */
export const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

export const Preferences = z.object({
  /** Of these nothing is told. */
  off: z.array(NotificationType).max(notificationTypes.length),
  /** Whether this person wants a note of the operating system while the window is hidden. */
  isNative: z.boolean(),
  /** Between these times nothing appears by itself; it waits under the bell. The end may be on the next day. */
  quiet: z.object({ from: TimeOfDay, until: TimeOfDay }).nullable(),
})
export type Preferences = z.infer<typeof Preferences>

export const notifications = {
  /** How much is unread, and the newest notification of all, read or not. */
  unread: query().output(z.object({ notifications: z.int(), messages: z.int(), newest: Id.nullable() })),
  /** The latest first. */
  list: query()
    .input(z.object({ before: Id.optional() }))
    .output(z.object({ rows: z.array(Notification), hasMore: z.boolean() })),
  markRead: mutation({ none: 'the time of reading stands in the notification' })
    .input(z.object({ id: Id }))
    .output(Done),
  markAllRead: mutation({ none: 'the time of reading stands in the notifications' }).output(Done),
  preferences: query().output(Preferences),
  setPreferences: mutation({ action: 'notifications.setPreferences', resource: 'profiles' })
    .input(Preferences)
    .output(Done),
}
