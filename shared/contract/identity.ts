import * as z from 'zod'
import { roles } from '../roles.ts'
import { Done, Email, Id, mutation, NewPassword, PersonName, query, Timestamp } from './base.ts'
import { signInProcedures } from './sign-in.ts'

const Person = z.object({ id: Id, name: z.string() })

/** Who this screen belongs to. */
export const Me = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('nobody') }),
  z.object({
    kind: z.literal('user'),
    user: Person.extend({ email: z.string(), role: z.enum(roles) }),
    /** An administrator has said that this account is this person's. */
    isVerified: z.boolean(),
    /** How long this screen may be left alone; null for ever. */
    lockAfterSeconds: z.number().nullable(),
    organization: Person.nullable(),
    /** For a super admin alone: there are more organizations than this one. */
    hasOtherOrganizations: z.boolean(),
    isPractice: z.boolean(),
  }),
  z.object({
    /** Somebody is signed in and has left: only their password opens it. */
    kind: z.literal('locked'),
    user: Person.extend({ email: z.string(), role: z.enum(roles) }),
    organization: Person.nullable(),
    isPractice: z.boolean(),
  }),
  z.object({
    kind: z.literal('kiosk'),
    organization: Person,
    openedBy: z.string(),
    /** The learner who sits here now. */
    learner: Person.nullable(),
    /** A device of a classroom session: nobody leaves it with a password. */
    isRoom: z.boolean(),
    isPractice: z.boolean(),
  }),
])
export type Me = z.infer<typeof Me>

export const User = Person.extend({
  email: z.string(),
  role: z.enum(roles),
  isActive: z.boolean(),
  /** An administrator has said that this account is this person's. */
  isVerified: z.boolean(),
  lastLogin: Timestamp.nullable(),
})
export type User = z.infer<typeof User>

/** The roles that work here; learners are beneficiaries. */
export const StaffRole = z.enum(['super_admin', 'admin', 'trainer'])
export type StaffRole = z.infer<typeof StaffRole>

/** One that is tried. An empty one is a slip of the hand and not a guess. */
const Password = z.string().min(1).max(1000)

export const SignIn = z.object({ email: z.string().trim().toLowerCase().min(1).max(120), password: Password })
export type SignIn = z.infer<typeof SignIn>

export const CreateUser = z.object({
  name: PersonName,
  email: Email,
  role: z.enum(['admin', 'trainer']),
  password: NewPassword,
})
export type CreateUser = z.infer<typeof CreateUser>

export const ChangePassword = z.object({ current: Password, next: NewPassword })
export type ChangePassword = z.infer<typeof ChangePassword>

export const identity = {
  ...signInProcedures,
  me: query().output(Me),
  signIn: mutation({ action: 'identity.signIn', resource: 'users' }).input(SignIn).output(Done),
  signOut: mutation({ action: 'identity.signOut', resource: 'users' }).output(Done),
  changePassword: mutation({ action: 'identity.changePassword', resource: 'users' }).input(ChangePassword).output(Done),

  listUsers: query().output(z.array(User)),
  createUser: mutation({ action: 'identity.createUser', resource: 'users' })
    .input(CreateUser)
    .output(z.object({ id: Id })),
  /** Deactivation ends all sessions of that user at once, and the kiosks and the room they have opened. */
  setUserActive: mutation({ action: 'identity.setUserActive', resource: 'users' })
    .input(z.object({ id: Id, isActive: z.boolean() }))
    .output(Done),

  /** Signs that user out, so that no screen of theirs shows what is not theirs any more. */
  setUserRole: mutation({ action: 'identity.setUserRole', resource: 'users' })
    .input(z.object({ id: Id, role: StaffRole }))
    .output(Done),

  /** Turns this screen into a kiosk: the trainer's session ends, only learners' screens remain. */
  openKiosk: mutation({ action: 'kiosk.open' }).output(Done),
  /** Takes the password of the person who opened the kiosk, and signs that person in again. */
  leaveKiosk: mutation({ action: 'kiosk.leave' })
    .input(z.object({ password: Password }))
    .output(Done),
}
