import * as z from 'zod'
import type { ContentWay } from './contents/wire.ts'
import { PackedRows } from './packed.ts'
import { RowState, Value } from './state.ts'

/** The version of everything below; both sides name theirs and the older one is told to update. */
export const protocol = 1

export const Site = z
  .int()
  .positive()
  .max(2 ** 21 - 1)
const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** What the centre gives a copy of a database that it lets in. */
export const Enrolment = z.object({
  site: Site,
  /** For the next lives of this database, after a restore or a copy of the disk, without the centre. */
  spareSites: z.array(Site),
  organizationId: z.int().positive(),
  organizationName: z.string(),
  /** `organization`: all rows of it. `trainer`: what concerns the people of one trainer. `kiosk`: what a kiosk needs. */
  scope: z.enum(['organization', 'trainer', 'kiosk']),
  trainerId: z.int().positive().nullable(),
  /** Of the life of the centre's database: another one after the centre itself was restored. */
  history: z.uuid(),
  /** Where PostgreSQL itself takes this device, with the password of which it has sent the verifier. */
  direct: z
    .object({
      host: z.string().min(1).max(255),
      port: z.int().min(1).max(65_535),
      database: z.string().min(1).max(63),
      role: z.string().min(1).max(63),
      /** PEM; null: a certificate that the device verifies by itself. */
      authority: z.string().max(20_000).nullable(),
    })
    .optional(),
})
export type Enrolment = z.infer<typeof Enrolment>

export const HelloRequest = z.object({
  protocol: z.int().positive(),
  /** How many steps the schema of the device has been through. */
  schema: z.int().nonnegative(),
  app: z.string().max(40),
  site: Site,
  incarnation: z.uuid(),
  cursor: z.int().nonnegative(),
  history: z.uuid(),
  /** Milliseconds since 1970 by the clock of the device. */
  now: z.int().nonnegative(),
  /** The end of the device's activity log: how many lines there are, and the proof of the last of them. */
  anchor: z.object({ count: z.int().positive(), mac: Sha256 }).optional(),
  /** The highest number of a name that the device knows; without it none are told. */
  names: z.int().nonnegative().optional(),
  /** What somebody there calls the device from now on. */
  name: z.string().min(1).max(100).optional(),
})
export type HelloRequest = z.infer<typeof HelloRequest>

/**
 * `fork`: another copy of this database has pushed under its site. `rolledBack`: the centre was restored from a backup and
 * does not know all that it had acknowledged. `resync`: the cursor is older than what the centre remembers.
 */
export const HelloReply = z.object({
  status: z.enum(['ok', 'fork', 'rolledBack', 'resync', 'upgrade', 'revoked']),
  /** The number and the hash of the last envelope of this site that the centre has. */
  acknowledged: z.int().nonnegative(),
  chain: z.string(),
  /** The last number of the feed; with `rolledBack` the last one that every backup knew from which the centre was restored. */
  head: z.int().nonnegative(),
  history: z.uuid(),
  now: z.int().nonnegative(),
  /** The numbers of the tables whose rows the centre takes; a newer program has others. */
  tables: z.array(z.int().positive()).optional(),
  /** Of this database, those that nobody has begun to use. A centre of an older program names none. */
  spareSites: z.array(Site).optional(),
  /** What computers of the organization are called since, by the numbers of the names; a kiosk is told its own. */
  names: z.array(z.object({ site: Site, name: z.string().min(1).max(100), number: z.int().positive() })).optional(),
})
export type HelloReply = z.infer<typeof HelloReply>

export const EnvelopeHead = z.object({
  protocol: z.int().positive(),
  schema: z.int().nonnegative(),
  site: Site,
  incarnation: z.uuid(),
  /** Counts from 1 for each site. */
  number: z.int().positive(),
  /** The hash of the envelope before, '' for the first. */
  previous: z.union([Sha256, z.literal('')]),
  /** The cursor of the device when this was sealed: what it had seen. */
  cursor: z.int().nonnegative(),
})
export type EnvelopeHead = z.infer<typeof EnvelopeHead>

/** A row as it is pushed; `base` is the feed number of the state that the device held before its edits, 0 for none. */
export const PushedRow = RowState.extend({ base: z.int().nonnegative() })
export type PushedRow = z.infer<typeof PushedRow>

/**
 * The only thing that leaves a device. Sealed once, sent as the same bytes until it is acknowledged. `head` is the JSON text
 * of an EnvelopeHead, `body` has one PushedRow as JSON on each line, parents before children.
 * `hash` is SHA-256 over previous, head and body (UTF-8, hex); `signature` is Ed25519 over the hash (base64).
 */
export const Envelope = z.object({ head: z.string(), body: z.string(), hash: Sha256, signature: z.string() })
export type Envelope = z.infer<typeof Envelope>

/** A row or a column that the centre did not take, and why; the words for it are in the locales. */
export const Refused = z.object({
  table: z.int(),
  id: z.int(),
  column: z.string().nullable(),
  reason: z.enum([
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
  ]),
})
export type Refused = z.infer<typeof Refused>

export const PushReply = z.object({
  status: z.enum(['ok', 'duplicate', 'fork', 'upgrade', 'revoked', 'invalid']),
  acknowledged: z.int().nonnegative(),
  chain: z.string(),
  head: z.int().nonnegative(),
  refused: z.array(Refused),
})
export type PushReply = z.infer<typeof PushReply>

export const PullRequest = z.object({
  cursor: z.int().nonnegative(),
  /** Where this round ends: the head at its first page, so that a round is a state that once was. */
  upto: z.int().nonnegative().nullable(),
  limit: z.int().min(1).max(5000),
  /** Also what was sent under the number of whoever asks, as by a copy of its disk; it does not count as heard then. */
  own: z.boolean().optional(),
})
export type PullRequest = z.infer<typeof PullRequest>

export const PullReply = z.object({
  upto: z.int().nonnegative(),
  /** Most rows of a page, and in `rows` those that cannot be packed. */
  packed: z.array(PackedRows),
  rows: z.array(RowState.extend({ number: z.int().positive() })),
  /** Rows that no longer concern this device. */
  leaves: z.array(z.object({ number: z.int().positive(), table: z.int(), id: z.int() })),
  /** Where the next page begins. */
  cursor: z.int().nonnegative(),
  hasMore: z.boolean(),
  /** The last envelope that the centre has of the caller: another than the caller knows of came from a copy of its disk. */
  acknowledged: z.int().nonnegative(),
})
export type PullReply = z.infer<typeof PullReply>

/** What the centre decided or noticed; travels in the feed of its organization. `id` is derived from what it is about. */
export const CentreConflict = z.object({
  id: z.string(),
  kind: z.enum([
    'concurrentEdit',
    'deleteOverridden',
    'sameName',
    'sameThing',
    'parentRevived',
    'lateEdit',
    'wrongClock',
  ]),
  table: z.int(),
  row: z.int(),
  register: z.string(),
  keptStamp: z.tuple([z.int(), z.int()]),
  lostStamp: z.tuple([z.int(), z.int()]),
  lostValues: z.record(z.string(), Value),
})
export type CentreConflict = z.infer<typeof CentreConflict>

/** The way to the centre: PostgreSQL itself, or its gateway. Both pass the same conformance suite (`tests/sync/transport`). */
export interface Transport {
  /** @throws {Unreachable} */
  hello(request: HelloRequest): Promise<HelloReply>
  /** `ahead` is called at most once, when the envelope is on its way: what it gives is pushed next, unless this one fails. */
  push(envelope: Envelope, ahead?: () => Envelope | undefined): Promise<PushReply>
  pull(request: PullRequest): Promise<PullReply>
  /** Absent on a way that carries rows alone. */
  contents?: ContentWay
  close(): Promise<void>
}

/** Nobody answered, or not in full: nothing is known of what the other side did, and the same may be sent again. */
export class Unreachable extends Error {
  override name = 'Unreachable'
}
