import * as z from 'zod'
import { Done, Id, mutation, query, RefusalData } from './base.ts'
import { BeneficiaryStatus, ListBeneficiaries, mostNamed } from './beneficiaries.ts'
import { ListDocuments } from './documents.ts'
import { OwnKey, OwnValue } from './own-fields.ts'

const Ids = z.array(Id).max(mostNamed)

const Named = z.object({ ids: Ids.min(1) })
/** Everything that a list shows, however long it is, but for a few. */
const matching = <Filter extends z.ZodType>(filter: Filter) => z.object({ filter, except: Ids.default([]) })

export const PeopleChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('status'), status: BeneficiaryStatus }),
  z.object({ kind: z.literal('addToGroup'), groupId: Id }),
  z.object({ kind: z.literal('removeFromGroup'), groupId: Id }),
  /** An administrator gives them to the trainer; a trainer offers them, and the other one decides. */
  z.object({ kind: z.literal('handOver'), trainerId: Id }),
  /** Null empties the field. */
  z.object({ kind: z.literal('own'), key: OwnKey, value: OwnValue.nullable() }),
  /** Into the trash. */
  z.object({ kind: z.literal('remove') }),
])
export type PeopleChange = z.infer<typeof PeopleChange>

const Word = z.string().trim().max(50)
export const DocumentChange = z.discriminatedUnion('kind', [
  /** Empty takes it away. */
  z.object({ kind: z.literal('category'), category: Word }),
  z.object({ kind: z.literal('addTag'), tag: Word.min(1) }),
  z.object({ kind: z.literal('removeTag'), tag: Word.min(1) }),
  z.object({ kind: z.literal('public'), isPublic: z.boolean() }),
  z.object({ kind: z.literal('remove') }),
])
export type DocumentChange = z.infer<typeof DocumentChange>

export const BeginBulk = z.discriminatedUnion('list', [
  z.object({
    list: z.literal('people'),
    rows: z.union([
      Named,
      matching(ListBeneficiaries.pick({ search: true, status: true, trainerId: true, own: true })),
    ]),
    change: PeopleChange,
  }),
  z.object({
    list: z.literal('documents'),
    rows: z.union([Named, matching(ListDocuments)]),
    change: DocumentChange,
  }),
])
export type BeginBulk = z.infer<typeof BeginBulk>

export const bulkLists = ['people', 'documents'] as const
export const bulkKinds = [
  'status',
  'addToGroup',
  'removeFromGroup',
  'handOver',
  'own',
  'category',
  'addTag',
  'removeTag',
  'public',
  'remove',
] as const

/** So many refused rows are named. */
export const mostRefused = 200

export const BulkJob = z.object({
  id: z.uuid(),
  list: z.enum(bulkLists),
  kind: z.enum(bulkKinds),
  /**
   * `failed`: something is wrong with the program or the disk; `ended`: whoever began it may not go on; `interrupted`: the
   * program was closed or killed. What was changed by then stays.
   */
  state: z.enum(['running', 'done', 'cancelled', 'failed', 'ended', 'interrupted']),
  isUndo: z.boolean(),
  /** How many there are in all; null while they are still gathered. */
  total: z.int().nullable(),
  /** How many it has come to. */
  reached: z.int(),
  /** How many of them are different now. */
  changed: z.int(),
  refusals: z.int(),
  /** Some of those that were refused, by name, with the reason; kept as long as the program runs. */
  refused: z.array(z.object({ name: z.string().nullable(), ...RefusalData.shape })).max(mostRefused),
  mayUndo: z.boolean(),
})
export type BulkJob = z.infer<typeof BulkJob>

const one = z.object({ id: z.uuid() })

/** The same change to many rows: little by little behind the screens, each row by the rules of whoever asked for it. */
export const bulk = {
  begin: mutation({ action: 'bulk.begin' }, { maxBytes: 128 * 1024 })
    .input(BeginBulk)
    .output(one),
  /** What the caller has begun within a day, newest first. */
  jobs: query().output(z.array(BulkJob)),
  /** What is changed by then stays. */
  cancel: mutation({ action: 'bulk.cancel' }).input(one).output(Done),
  /** Writes back what there was, but for rows that somebody has changed since. */
  undo: mutation({ action: 'bulk.undo' }).input(one).output(one),
  /** Takes what has come of it off the screen; it cannot be taken back after that. */
  dismiss: mutation({ none: 'nothing but a notice on the screen goes' }).input(one).output(Done),
}
