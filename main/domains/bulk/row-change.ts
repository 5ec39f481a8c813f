import * as z from 'zod'
import { Id } from '../../../shared/contract/base.ts'
import { BeneficiaryFields } from '../../../shared/contract/beneficiaries.ts'
import { DocumentFields } from '../../../shared/contract/documents.ts'
import { OwnKey, OwnValue } from '../../../shared/contract/own-fields.ts'
import type { Actor } from '../../actor.ts'
import type { Writer } from '../../database/database.ts'

export interface RowContext {
  db: Writer
  actor: Actor
  now: string
}

const { status, completedOn, trainerId } = BeneficiaryFields.shape
const { category, tags, isPublic } = DocumentFields.shape

/** What takes the change of one person back. */
export const KeptOfPerson = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('status'), status, completedOn }),
  z.object({ kind: z.literal('own'), key: OwnKey, value: OwnValue }),
  z.object({ kind: z.literal('trainer'), trainerId }),
  z.object({ kind: z.literal('member'), groupId: Id, isMember: z.boolean() }),
  z.object({ kind: z.literal('offer'), handoverId: Id }),
  z.object({ kind: z.literal('removed') }),
])
export type KeptOfPerson = z.infer<typeof KeptOfPerson>

/** What takes the change of one document back. */
export const KeptOfDocument = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('fields'), category, tags, isPublic }),
  z.object({ kind: z.literal('removed') }),
])
export type KeptOfDocument = z.infer<typeof KeptOfDocument>

export interface RowChange<Kept = KeptOfPerson | KeptOfDocument> {
  /** Refuses what no row can be changed to, before the first one is. */
  check?(context: RowContext): Promise<void>
  /** Says what takes it back; nothing where the row is so already. A refusal comes before the first write. */
  apply(context: RowContext, id: Id): Promise<Kept | undefined>
}

/** A row as a change has left it. */
export interface Left<Kept> {
  id: Id
  before: Kept
  writtenAt: string
}
