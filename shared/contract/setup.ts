import * as z from 'zod'
import { Done, Email, mutation, NewPassword, PersonName, query } from './base.ts'

export const SetupStatus = z.object({
  /**
   * `empty`: nobody can sign in yet, the first-run wizard is due. `joining`: this installation has joined a centre, and nobody
   * has come from there yet.
   */
  state: z.enum(['empty', 'joining', 'ready']),
  isPractice: z.boolean(),
  organizationName: z.string().nullable(),
  version: z.string(),
})
export type SetupStatus = z.infer<typeof SetupStatus>

export const CreateCentre = z.object({
  organizationName: z.string().trim().min(1).max(100),
  adminName: PersonName,
  email: Email,
  password: NewPassword,
})
export type CreateCentre = z.infer<typeof CreateCentre>

export const setup = {
  status: query().output(SetupStatus),
  /** Makes the organization and its first administrator, and signs that administrator in. */
  createCentre: mutation({ action: 'setup.createCentre', resource: 'organizations' }).input(CreateCentre).output(Done),
  /** Fills an empty installation with believable people, assessments and results, and signs its trainer in. */
  openPractice: mutation({ action: 'setup.openPractice', resource: 'organizations' }).output(Done),
  /** Removes the practice centre with all that is in it; the next start shows the first-run wizard. */
  removePractice: mutation({
    none: 'the practice centre goes together with its log',
  }).output(Done),
}
