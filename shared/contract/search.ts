import * as z from 'zod'
import { AssessmentStatus } from './assessments.ts'
import { Id, query, Timestamp } from './base.ts'
import { BeneficiaryStatus } from './beneficiaries.ts'
import { ThreadRow } from './messages.ts'

/** Of each kind the best few; whoever wants all of them opens its list. */
export const mostFound = 6

export const Found = z.object({
  people: z.array(
    z.object({ id: Id, name: z.string(), status: BeneficiaryStatus, trainerName: z.string().nullable() }),
  ),
  groups: z.array(z.object({ id: Id, name: z.string() })),
  assessments: z.array(z.object({ id: Id, title: z.string(), status: AssessmentStatus })),
  /** From three months ago on, the next ones first. */
  appointments: z.array(
    z.object({
      id: Id,
      title: z.string(),
      /** Of a series the next one, or the last of all when it is over. */
      startTime: Timestamp,
      isSeries: z.boolean(),
      personName: z.string().nullable(),
    }),
  ),
  documents: z.array(z.object({ id: Id, filename: z.string(), beneficiaryName: z.string().nullable() })),
  /** The caller's own conversations, the latest first. */
  messages: z.array(ThreadRow.pick({ thread: true, subject: true, snippet: true, others: true, lastAt: true })),
})
export type Found = z.infer<typeof Found>

export const search = {
  /** By any part of a name or a title, in any script, without case and accents; what begins with the words comes first. */
  find: query()
    .input(z.object({ text: z.string().trim().min(1).max(100) }))
    .output(Found),
}
