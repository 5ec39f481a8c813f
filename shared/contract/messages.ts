import * as z from 'zod'
import { Done, Id, mutation, query, Timestamp } from './base.ts'
import { OwnDocument } from './documents.ts'

/** To whom a message can go at once: the administrators, the trainers, the learners; each as far as the sender may write to them. */
export const audienceRoles = ['admin', 'trainer', 'student'] as const
export const AudienceRole = z.enum(audienceRoles)
export type AudienceRole = z.infer<typeof AudienceRole>

/** Most people that one message goes to. */
export const mostRecipients = 2000

/** Most documents of one message, and most shares that sending it may make. */
export const mostAttachments = 10
export const mostShares = 2000

/** Names a conversation, or one message of it; random, so that it stays what it is when rows come from elsewhere. */
const Mark = z.uuid()

export const Recipients = z.object({
  people: z.array(Id).max(200).default([]),
  groups: z.array(Id).max(20).default([]),
  roles: z.array(AudienceRole).max(audienceRoles.length).default([]),
})
export type Recipients = z.infer<typeof Recipients>

export const MessageContent = z.string().max(20_000)
export const MessageSubject = z.string().max(200)

/** Chosen by the screen: `new-…` for a new message, `reply-<thread>` for the one answer to a thread that is being written. */
const DraftName = z.string().min(1).max(60)

export const DraftFields = z.object({
  name: DraftName,
  /** The conversation that is answered; null: a new one, with recipients and a subject of its own. */
  thread: Mark.nullable().default(null),
  replyTo: z.enum(['sender', 'all']).default('sender'),
  recipients: Recipients.prefault({}),
  subject: MessageSubject.default(''),
  content: MessageContent.default(''),
  /** Documents that everybody who gets the message may open; the writer must be allowed to share them. */
  attachments: z.array(Id).max(mostAttachments).default([]),
})
export type DraftFields = z.infer<typeof DraftFields>

/** Counts what was saved: the first is 1. A later save carries the next number, so that two windows cannot overwrite each other. */
const Edit = z.int().positive()

export const SaveDraft = DraftFields.extend({ edit: Edit })
export type SaveDraft = z.infer<typeof SaveDraft>

const Named = z.object({ id: Id, name: z.string() })

export const Draft = DraftFields.extend({
  edit: Edit,
  updatedAt: Timestamp,
  /** Whom the recipients are, for the fields of the screen. */
  known: z.object({ people: z.array(Named), groups: z.array(Named), documents: z.array(Named) }),
})
export type Draft = z.infer<typeof Draft>

export const DraftRow = z.object({
  name: DraftName,
  thread: Mark.nullable(),
  subject: z.string(),
  /** The beginning of the text. */
  snippet: z.string(),
  updatedAt: Timestamp,
})
export type DraftRow = z.infer<typeof DraftRow>

export const boxes = ['all', 'unread', 'sent'] as const

export const ListThreads = z.object({
  box: z.enum(boxes).default('all'),
  search: z.string().max(200).default(''),
  /** The last row that is known already. */
  after: z.object({ lastAt: Timestamp, thread: Mark }).optional(),
})
export type ListThreads = z.infer<typeof ListThreads>

export const ThreadRow = z.object({
  thread: Mark,
  subject: z.string(),
  lastAt: Timestamp,
  /** Who wrote last; null for somebody who was erased. */
  lastFrom: z.string().nullable(),
  isLastMine: z.boolean(),
  snippet: z.string(),
  /** The others in it whom the reader may know of, and how many more there are. */
  others: z.array(z.string()),
  more: z.int(),
  groups: z.array(z.string()),
  roles: z.array(AudienceRole),
  messages: z.int(),
  unread: z.int(),
  hasDraft: z.boolean(),
})
export type ThreadRow = z.infer<typeof ThreadRow>

/** Null: a document that the reader may not open, or may not any more. */
export const Attachment = OwnDocument.pick({
  id: true,
  filename: true,
  mimeType: true,
  size: true,
  updatedAt: true,
}).nullable()
export type Attachment = z.infer<typeof Attachment>

export const Message = z.object({
  sending: Mark,
  from: z.string().nullable(),
  isMine: z.boolean(),
  sentAt: Timestamp,
  content: z.string(),
  /** Addressed by name besides the reader, as far as they may know of them. */
  to: z.array(z.string()),
  more: z.int(),
  groups: z.array(z.string()),
  roles: z.array(AudienceRole),
  /** Who has read it and when, or not yet; of one's own messages alone. */
  receipts: z.array(z.object({ name: z.string(), readAt: Timestamp.nullable() })),
  isUnread: z.boolean(),
  attachments: z.array(Attachment),
  /** May still be taken back: nobody has read it, and it was sent a moment ago. */
  isFresh: z.boolean(),
})
export type Message = z.infer<typeof Message>

export const Thread = z.object({
  thread: Mark,
  subject: z.string(),
  /** Oldest first. */
  messages: z.array(Message),
  /** Whom an answer would reach: names, and how many there are; nobody where they may not be written to any more. */
  replyTo: z.object({
    sender: z.object({ names: z.array(z.string()), count: z.int() }),
    all: z.object({ names: z.array(z.string()), count: z.int() }),
  }),
})
export type Thread = z.infer<typeof Thread>

export const Addressee = z.object({
  id: Id,
  name: z.string(),
  role: z.enum(['super_admin', 'admin', 'trainer', 'student']),
  /** Somebody without a password reads nothing until they have one. */
  signsIn: z.boolean(),
})
export type Addressee = z.infer<typeof Addressee>

export const Addressees = z.object({
  people: z.array(Addressee),
  groups: z.array(z.object({ id: Id, name: z.string(), members: z.int() })),
  roles: z.array(AudienceRole),
})
export type Addressees = z.infer<typeof Addressees>

const oneThread = z.object({ thread: Mark })
const oneDraft = z.object({ name: DraftName })

export const messages = {
  /** To whom the caller may write, by any part of a name. */
  people: query()
    .input(z.object({ search: z.string().max(100).default('') }))
    .output(Addressees),
  /** One's own conversations, the latest first. */
  threads: query()
    .input(ListThreads)
    .output(z.object({ rows: z.array(ThreadRow), hasMore: z.boolean() })),
  thread: query().input(oneThread).output(Thread),
  markRead: mutation({ none: 'the time of reading stands in the message' }).input(oneThread).output(Done),
  /** For oneself alone; the others keep theirs. False brings it back. */
  setDeleted: mutation({ action: 'messages.setDeleted', resource: 'messages' })
    .input(oneThread.extend({ isDeleted: z.boolean() }))
    .output(Done),
  drafts: query().output(z.array(DraftRow)),
  /** Null where nothing was written under this name, or by somebody else. */
  draft: query().input(oneDraft).output(Draft.nullable()),
  saveDraft: mutation({ none: 'a draft is its writer’s own, and nobody else sees it' })
    .input(SaveDraft)
    .output(z.object({ savedAt: Timestamp })),
  discardDraft: mutation({ none: 'a draft is its writer’s own, and nobody else sees it' }).input(oneDraft).output(Done),
  /** What was saved last under this name; it is a draft no longer, so a repeated call cannot send it twice. */
  send: mutation({ action: 'messages.send', resource: 'messages' })
    .input(oneDraft.extend({ edit: Edit }))
    .output(z.object({ thread: Mark, sending: Mark })),
  /** Within a minute and while nobody has read it: the message is a draft again. */
  takeBack: mutation({ action: 'messages.takeBack', resource: 'messages' })
    .input(z.object({ sending: Mark }))
    .output(oneDraft),
}
