import * as z from 'zod'
import { Done, Id, mutation, query, Timestamp } from './base.ts'
import { BeneficiaryStatus } from './beneficiaries.ts'

export const GroupFields = z.object({
  name: z.string().trim().min(1).max(100),
  description: z.string().trim().max(2000).default(''),
})
export type GroupFields = z.infer<typeof GroupFields>

export const GroupRow = GroupFields.extend({
  id: Id,
  memberCount: z.int(),
  updatedAt: Timestamp,
})
export type GroupRow = z.infer<typeof GroupRow>

export const GroupMember = z.object({
  beneficiaryId: Id,
  name: z.string(),
  status: BeneficiaryStatus,
})
export type GroupMember = z.infer<typeof GroupMember>

/** In the order of names. */
export const Group = GroupFields.extend({ id: Id, updatedAt: Timestamp, members: z.array(GroupMember) })
export type Group = z.infer<typeof Group>

const one = z.object({ id: Id })
const membership = z.object({ id: Id, beneficiaryIds: z.array(Id).min(1).max(1000) })

/** Classes and the like: learners who are given assessments together. */
export const groups = {
  list: query().output(z.array(GroupRow)),
  get: query().input(one).output(Group),
  create: mutation({ action: 'groups.create', resource: 'groups' }).input(GroupFields).output(one),
  update: mutation({ action: 'groups.update', resource: 'groups' })
    .input(GroupFields.extend({ id: Id }))
    .output(Done),
  /** Refused as long as an assessment that is not closed is for this group: it would be for everybody. */
  remove: mutation({ action: 'groups.remove', resource: 'groups' }).input(one).output(Done),
  /** Who is in it already stays in it. */
  addMembers: mutation({ action: 'groups.addMembers', resource: 'groups' }).input(membership).output(Done),
  removeMembers: mutation({ action: 'groups.removeMembers', resource: 'groups' }).input(membership).output(Done),
}
