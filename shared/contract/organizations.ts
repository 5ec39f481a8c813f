import * as z from 'zod'
import { Done, Email, Id, mutation, NewPassword, PersonName, query } from './base.ts'

export const OrganizationName = z.string().trim().min(1).max(100)

export const OrganizationRow = z.object({
  id: Id,
  name: z.string(),
  isActive: z.boolean(),
  /** The one that this session works in. */
  isEntered: z.boolean(),
  staffCount: z.int(),
  learnerCount: z.int(),
})
export type OrganizationRow = z.infer<typeof OrganizationRow>

export const CreateOrganization = z.object({
  name: OrganizationName,
  adminName: PersonName,
  email: Email,
  password: NewPassword,
})
export type CreateOrganization = z.infer<typeof CreateOrganization>

const one = z.object({ id: Id })

/** The centres of this installation; whoever looks after it works in one at a time. */
export const organizations = {
  /** By name. */
  list: query().output(z.array(OrganizationRow)),
  /** With its first administrator. */
  create: mutation({ action: 'organizations.create', resource: 'organizations' }).input(CreateOrganization).output(one),
  rename: mutation({ action: 'organizations.rename', resource: 'organizations' })
    .input(z.object({ id: Id, name: OrganizationName }))
    .output(Done),
  /** Deactivation signs everybody of it out at once and lets nobody in; its data stays. */
  setActive: mutation({ action: 'organizations.setActive', resource: 'organizations' })
    .input(z.object({ id: Id, isActive: z.boolean() }))
    .output(Done),
  /** From now on this session works there, as its administrator. */
  enter: mutation({ action: 'organizations.enter', resource: 'organizations' }).input(one).output(Done),
}
