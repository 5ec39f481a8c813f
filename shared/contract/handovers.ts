import * as z from 'zod'
import { Done, Id, mutation, query, Timestamp } from './base.ts'
import { MovedCount } from './merges.ts'

/** `moved`: by an administrator, without an offer; `movedBack`: and taken back since. */
export const handoverStates = ['open', 'accepted', 'declined', 'withdrawn', 'moved', 'movedBack'] as const
export const HandoverState = z.enum(handoverStates)
export type HandoverState = z.infer<typeof HandoverState>

const Words = z.string().trim().max(2000)

/** An offer to take a person over. Until it is accepted, the other trainer sees this much and nothing of the file. */
export const Handover = z.object({
  id: Id,
  beneficiaryId: Id,
  beneficiaryName: z.string(),
  fromName: z.string().nullable(),
  toTrainerId: Id.nullable(),
  toName: z.string().nullable(),
  note: z.string(),
  reply: z.string(),
  status: HandoverState,
  createdAt: Timestamp,
  decidedAt: Timestamp.nullable(),
  /** Whether the one who asks decides on it. */
  isMine: z.boolean(),
})
export type Handover = z.infer<typeof Handover>

const WhoToWhom = z.object({ beneficiaryId: Id, toTrainerId: Id })

/** What a move does, before it is done: who will and will not see the person, and how much goes along. */
export const MovePreview = z.object({
  fromName: z.string().nullable(),
  toName: z.string(),
  counts: z.array(MovedCount),
})
export type MovePreview = z.infer<typeof MovePreview>

export const OfferHandover = WhoToWhom.extend({ note: Words.default('') })
export type OfferHandover = z.infer<typeof OfferHandover>

/** Giving people into the hands of another trainer, who says yes or no. */
export const handovers = {
  /** What is open within reach: offered to the one who asks, or about people of theirs. */
  list: query().output(z.array(Handover)),
  /** The handovers of one person, newest first. */
  ofPerson: query()
    .input(z.object({ beneficiaryId: Id }))
    .output(z.array(Handover)),
  offer: mutation({ action: 'handovers.offer', resource: 'handovers' })
    .input(OfferHandover)
    .output(z.object({ id: Id })),
  /** The person is theirs from now on, and out of reach for the trainer before. */
  accept: mutation({ action: 'handovers.accept', resource: 'handovers' })
    .input(z.object({ id: Id }))
    .output(z.object({ beneficiaryId: Id })),
  decline: mutation({ action: 'handovers.decline', resource: 'handovers' })
    .input(z.object({ id: Id, reply: Words.default('') }))
    .output(Done),
  withdraw: mutation({ action: 'handovers.withdraw', resource: 'handovers' })
    .input(z.object({ id: Id }))
    .output(Done),
  previewMove: query().input(WhoToWhom).output(MovePreview),
  /** Without asking the trainer who gets them; an offer that is open is taken back by it. */
  move: mutation({ action: 'handovers.move', resource: 'handovers' })
    .input(OfferHandover)
    .output(z.object({ id: Id })),
  /** To whom the person was taken from. */
  moveBack: mutation({ action: 'handovers.moveBack', resource: 'handovers' })
    .input(z.object({ id: Id }))
    .output(Done),
}
