import * as z from 'zod'
import { Day, Done, Id, mutation, query, Timestamp } from './base.ts'

export const syncScopes = ['organization', 'trainer', 'kiosk'] as const

/**
 * `never`: connected, and the first round has not come through. `waiting`: what is queued goes with the next round. `away`: the
 * centre did not answer. `upgrade`: the centre is newer than this program. `revoked`: the centre has shut this machine out.
 */
export const syncStatuses = ['never', 'syncing', 'waiting', 'done', 'away', 'upgrade', 'revoked', 'stuck'] as const

/** Bytes up to which a content comes to a trainer’s laptop by itself; a computer of the whole organization gets all. */
export const comesByItself = 2 * 1024 * 1024

const Amount = z.object({ count: z.int(), bytes: z.int() })

export const SyncState = z.object({
  status: z.enum(syncStatuses),
  /** Null: this installation works alone. */
  connection: z
    .object({
      organizationName: z.string(),
      scope: z.enum(syncScopes),
      trainerName: z.string().nullable(),
      /** Of this machine at the centre, and what it is called there; null until the centre has told. */
      site: z.int(),
      machine: z.string().nullable(),
      address: z.string(),
    })
    .nullable(),
  /** Rows that were written here and contents of documents that are here, and that the centre is not known to have. */
  queued: z.int(),
  /** Contents of documents that go to the centre, and that come here by themselves or because somebody asked. */
  contents: z.object({ toSend: Amount, toCome: Amount }),
  /** What the round that is going on has done, of how much. */
  running: z.object({ step: z.enum(['push', 'pull', 'apply']), done: z.int(), all: z.int() }).nullable(),
  lastContactAt: Timestamp.nullable(),
  lastSuccessAt: Timestamp.nullable(),
  /** What waits for a person. */
  conflicts: z.int(),
  refused: z.int(),
  /** Rows that have come and wait for something before they can stand here. */
  parked: z.int(),
})
export type SyncState = z.infer<typeof SyncState>

/**
 * `missing`: the centre knows no document with this content. `waiting`: the computer where it was added has not sent it yet.
 * `wrong`, `damaged`: the bytes that came, or are here, are not those of the document. `line`: the line broke at it.
 */
export const contentProblems = [
  'missing',
  'waiting',
  'wrong',
  'damaged',
  'tooLarge',
  'noRoom',
  'diskFull',
  'line',
] as const

const Arrival = z.object({
  /** Bytes, of the content and of what of it has come here. */
  size: z.int().nonnegative(),
  arrived: z.int().nonnegative(),
  problem: z.enum(contentProblems).nullable(),
  /** When it is tried again. */
  dueAt: Timestamp.nullable(),
})

/** Where the content of a document is. */
export const DocumentContent = Arrival.extend({
  isHere: z.boolean(),
  /** It is not here, and comes only when somebody asks for it. */
  isOnDemand: z.boolean(),
})
export type DocumentContent = z.infer<typeof DocumentContent>

/** A content that has a way to go. */
export const WaitingContent = Arrival.extend({
  documentId: Id,
  filename: z.string(),
  direction: z.enum(['up', 'down']),
})
export type WaitingContent = z.infer<typeof WaitingContent>

const OneContent = z.object({ id: Id, versionId: Id.optional() })
export type OneContent = z.infer<typeof OneContent>

export const refusedReasons = [
  'foreignOrganization',
  'foreignBlock',
  'foreignStamp',
  'unknownTable',
  'invalidValue',
  'notAllowed',
  'outOfReach',
  'parentMissing',
  'erased',
  'moved',
  'tooLarge',
] as const

/** A row that the centre did not take; it stays here. */
export const RefusedRow = z.object({
  number: z.int(),
  /** The name of its table. */
  kind: z.string(),
  id: z.int(),
  /** What people call it; null where nobody does. */
  name: z.string().nullable(),
  reason: z.enum(refusedReasons),
  refusedAt: Timestamp,
})
export type RefusedRow = z.infer<typeof RefusedRow>

export const parkedReasons = ['parent', 'taken', 'children', 'unknown', 'unfit'] as const

/** A row that has come from the centre and cannot stand here yet. */
export const ParkedRow = z.object({
  kind: z.string(),
  id: z.int(),
  name: z.string().nullable(),
  why: z.enum(parkedReasons),
})
export type ParkedRow = z.infer<typeof ParkedRow>

/** What a computer is called at the centre: one line. */
export const MachineName = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u)

export const Enrol = z.object({
  /** The whole text of the QR code. */
  invitation: z.string().min(1).max(1000),
  machine: MachineName,
  password: z.string().max(1000),
})
export type Enrol = z.infer<typeof Enrol>

/** A way into PostgreSQL itself, as the centre gave it out: an address with a password, and who vouches for the server. */
export const DirectWay = z.object({
  access: z.string().trim().min(1).max(1000),
  /** PEM; null: a certificate that this computer verifies by itself. */
  authority: z.string().trim().max(20_000).nullable(),
})
export type DirectWay = z.infer<typeof DirectWay>

/** Why a way into PostgreSQL that the centre offered was not taken; a key of `shared/refusal.ts`. */
export const OfferProblem = z.enum([
  'sync.accessRefused',
  'sync.accessNotTrusted',
  'sync.accessAway',
  'sync.accessOfAnother',
  'sync.accessUnreadable',
])
export type OfferProblem = z.infer<typeof OfferProblem>

/** By which way the centre is reached: the gateway, unless somebody has chosen PostgreSQL itself. */
export const SyncWay = z.object({
  gateway: z.string(),
  direct: z.object({ host: z.string(), database: z.string(), hasAuthority: z.boolean() }).nullable(),
  /** The invitation offered PostgreSQL itself, and it has not answered yet. */
  offer: z.object({ host: z.string(), problem: OfferProblem }).nullable(),
})
export type SyncWay = z.infer<typeof SyncWay>

/** What machines agree about in one record: safe at the centre, or here alone until the next round, or until it is put right. */
export const RecordSafety = z.object({
  isAtCentre: z.boolean(),
  /** The centre has not taken some of it. */
  isRefused: z.boolean(),
  lastSuccessAt: Timestamp.nullable(),
})
export type RecordSafety = z.infer<typeof RecordSafety>

export const conflictKinds = [
  'concurrentEdit',
  'deleteOverridden',
  'sameName',
  'sameThing',
  'parentRevived',
  'lateEdit',
  'wrongClock',
] as const
export const conflictDecisions = ['kept', 'taken', 'merged'] as const

/** Of one name, the files are known by the rest. */
const File = z.object({
  id: Id,
  name: z.string(),
  dateOfBirth: Day.nullable(),
  number: z.string().nullable(),
  trainerName: z.string().nullable(),
  city: z.string().nullable(),
  /** Of the computer that made the account. */
  site: z.int(),
  machine: z.string().nullable(),
})

/** By column; the screen has words for those that people know. */
const Values = z.record(z.string(), z.union([z.string(), z.number(), z.null()]))

const Side = z.object({
  values: Values,
  byName: z.string().nullable(),
  at: Timestamp,
  /** 0 is the centre. */
  site: z.int(),
  /** What the centre calls that computer; null where it has not told, as of one of another organization. */
  machine: z.string().nullable(),
})

/** Two machines wrote the same without knowing of each other: one value counts, and the other is kept here for a person. */
export const Conflict = z.object({
  id: Id,
  kind: z.enum(conflictKinds),
  table: z.string(),
  rowId: z.int(),
  /** The person it is about, or what the record is called. */
  name: z.string().nullable(),
  /** Where it can be looked at before somebody decides: a file, or an attempt with the title of what was taken. */
  place: z.object({ kind: z.enum(['file', 'attempt']), id: Id, title: z.string().nullable() }).nullable(),
  /** What was written twice: a column, or several that belong together; `*` is the whole record. */
  register: z.string(),
  kept: Side,
  lost: Side,
  /** What counts instead of what was kept, because somebody has changed it since. */
  current: Side.nullable(),
  /** Results and grades: nothing counts as settled before somebody has decided. */
  needsPerson: z.boolean(),
  /** Two people’s files with one address, which may be one person: the one that has the address, and the other. */
  files: z.object({ first: File, second: File }).nullable(),
  noticedAt: Timestamp,
  decision: z
    .object({ what: z.enum(conflictDecisions), byName: z.string().nullable(), at: Timestamp, canUndo: z.boolean() })
    .nullable(),
})
export type Conflict = z.infer<typeof Conflict>

export const DecideConflict = z.object({
  id: Id,
  decision: z.enum(['kept', 'taken']),
  /** What was shown as `current`: the other value is taken only while it is. */
  seen: Values.optional(),
})
export type DecideConflict = z.infer<typeof DecideConflict>

const ownLine = { none: 'the line of it is written within the move of all rows' }

export const sync = {
  state: query().output(SyncState),
  /** Begins a round; `state` tells how it goes on. */
  now: mutation({ none: 'it moves what is written already' }).output(Done),
  refused: query().output(z.array(RefusedRow)),
  parked: query().output(z.array(ParkedRow)),
  dismissRefused: mutation({ action: 'sync.dismissRefused' }).output(Done),
  ledger: query()
    .input(z.object({ kind: z.enum(['beneficiaries', 'attempts', 'documents']), id: Id }))
    .output(RecordSafety.nullable()),
  /** Null: this installation works alone. */
  content: query().input(OneContent).output(DocumentContent.nullable()),
  fetchContent: mutation({ none: 'it moves what is written already' }).input(OneContent).output(Done),
  contents: query().output(z.array(WaitingContent)),
  /** Whatever stands in the way of contents is tried again at once. */
  retryContents: mutation({ none: 'it moves what is written already' }).output(Done),
  conflicts: query()
    .input(z.object({ decided: z.boolean() }))
    .output(z.array(Conflict)),
  decide: mutation({ action: 'sync.decide', resource: 'sync_conflicts' }).input(DecideConflict).output(Done),
  undoDecision: mutation({ action: 'sync.undoDecision', resource: 'sync_conflicts' })
    .input(z.object({ id: Id }))
    .output(Done),
  /** What this computer is called from now on; the centre hears of it with the next round, and tells the others. */
  rename: mutation({ action: 'sync.rename' })
    .input(z.object({ machine: MachineName }))
    .output(Done),
  /** Makes this installation part of an organization at the centre. BDC starts anew right after. */
  enrol: mutation(ownLine).input(Enrol).output(Done),
  /** The same for one where nobody has set anything up: everybody comes from the centre. */
  join: mutation(ownLine)
    .input(Enrol.omit({ password: true }))
    .output(Done),
  /** Null: this installation works alone. */
  way: query().output(SyncWay.nullable()),
  checkDirect: mutation({ none: 'it only looks whether the centre answers' }).input(DirectWay).output(Done),
  useDirect: mutation({ action: 'sync.useDirect' })
    .input(DirectWay.extend({ password: z.string().max(1000) }))
    .output(Done),
  /** The way that was offered is tried again, and counts from then on where the centre answers by it. */
  retryOffer: mutation({ action: 'sync.retryOffer' }).output(Done),
  useGateway: mutation({ action: 'sync.useGateway' }).output(Done),
  leave: mutation({ action: 'sync.leave' })
    .input(z.object({ password: z.string().max(1000) }))
    .output(Done),
}
