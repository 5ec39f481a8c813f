import * as z from 'zod'
import { roles } from '../roles.ts'
import { Done, Id, mutation, NewPassword, query, Timestamp } from './base.ts'

/** As long as a screen may be left alone; longer would be no lock, shorter would be in the way. */
export const LockMinutes = z.int().min(1).max(60)

/** One that is tried. An empty one is a slip of the hand and not a guess. */
const Password = z.string().min(1).max(1000)
/** As typed or read out: small letters, spaces and hyphens do not matter. */
const Code = z.string().trim().min(1).max(400)
const Address = z.string().trim().toLowerCase().min(1).max(120)

/** Where an account is signed in. */
export const Machine = z.object({
  id: Id,
  kind: z.enum(['user', 'kiosk', 'room']),
  /** `desktop` is the program's own window. */
  browser: z.enum(['desktop', 'firefox', 'edge', 'opera', 'chrome', 'safari', 'other']),
  system: z.enum(['windows', 'mac', 'linux', 'android', 'ios', 'chromeos', 'other']),
  /** Null for this computer. */
  address: z.string().nullable(),
  lastActivity: Timestamp.nullable(),
  createdAt: Timestamp,
  isThis: z.boolean(),
  isLocked: z.boolean(),
})
export type Machine = z.infer<typeof Machine>

export const resetWays = ['admin', 'recovery', 'headOffice'] as const

/** What somebody must be told at the next sign-in. */
export const Notice = z.object({
  id: Id,
  way: z.enum(resetWays),
  /** The administrator whose code it was. */
  by: z.string().nullable(),
  at: Timestamp,
})
export type Notice = z.infer<typeof Notice>

export const ResetPassword = z.object({ email: Address, code: Code, password: NewPassword })
export type ResetPassword = z.infer<typeof ResetPassword>

/** Shown once: only its digest is kept. */
const ShownOnce = z.object({ code: z.string(), expiresAt: Timestamp })

export const HelpedUser = z.object({
  id: Id,
  name: z.string(),
  email: z.string(),
  role: z.enum(roles),
  isVerified: z.boolean(),
  /** Until the account may be tried again; 0 when it may. */
  waitSeconds: z.number(),
  recoveryCodes: z.number(),
})
export type HelpedUser = z.infer<typeof HelpedUser>

export const SignInSettings = z.object({ trainerLockMinutes: LockMinutes, adminLockMinutes: LockMinutes })
export type SignInSettings = z.infer<typeof SignInSettings>

const users = { resource: 'users' }

/** What belongs to `identity` besides signing in and out: the lock, the machines, the ways back in. */
export const signInProcedures = {
  /** Covers this session until the password is given: from now on it answers `unlock` and `signOut` alone. */
  lock: mutation({ action: 'identity.lock', ...users }).output(Done),
  unlock: mutation({ action: 'identity.unlock', ...users })
    .input(z.object({ password: Password }))
    .output(Done),
  /** Somebody touched this screen; to be called once a minute at most. */
  stayActive: mutation({ none: 'A sign of life, noted in the session.' }).output(Done),

  machines: query().output(z.array(Machine)),
  endSession: mutation({ action: 'identity.endSession', resource: 'sessions' })
    .input(z.object({ id: Id }))
    .output(Done),
  endOtherSessions: mutation({ action: 'identity.endOtherSessions', ...users }).output(z.object({ ended: z.number() })),

  notices: query().output(z.array(Notice)),
  dismissNotices: mutation({ none: 'The notice itself says that it was read.' }).output(Done),

  /** Takes the code that an administrator handed over. */
  verify: mutation({ action: 'identity.verify', ...users })
    .input(z.object({ code: Code }))
    .output(Done),
  recoveryCodes: query().output(z.object({ left: z.number(), issuedAt: Timestamp.nullable() })),
  /** Ten new ones, shown once; the ones before open nothing any more. */
  issueRecoveryCodes: mutation({ action: 'identity.issueRecoveryCodes', ...users })
    .input(z.object({ password: Password }))
    .output(z.array(z.string())),

  /** Sets a new password with a code of an administrator, a printed one, or the answer of head office, and signs in. */
  resetPassword: mutation({ action: 'identity.resetPassword', ...users })
    .input(ResetPassword)
    .output(Done),
  /** What is read out to head office. The same for a day, so that nobody can take it away by asking again. */
  requestByPhone: mutation({ action: 'identity.requestByPhone', ...users })
    .input(z.object({ email: Address }))
    .output(z.object({ request: z.string() })),

  helpList: query().output(z.object({ users: z.array(HelpedUser), deviceWaits: z.number() })),
  issueResetCode: mutation({ action: 'identity.issueResetCode', ...users })
    .input(z.object({ id: Id }))
    .output(ShownOnce),
  issueVerificationCode: mutation({ action: 'identity.issueVerificationCode', ...users })
    .input(z.object({ id: Id }))
    .output(ShownOnce),
  setVerified: mutation({ action: 'identity.setVerified', ...users })
    .input(z.object({ id: Id, isVerified: z.boolean() }))
    .output(Done),
  /** Ends the pause after wrong tries, of this account and of this device. */
  releaseTries: mutation({ action: 'identity.releaseTries', ...users })
    .input(z.object({ id: Id }))
    .output(Done),

  signInSettings: query().output(SignInSettings.extend({ headOfficeKey: z.string().nullable() })),
  setSignInSettings: mutation({ action: 'identity.setSignInSettings', resource: 'organizations' })
    .input(SignInSettings)
    .output(Done),
  /** The public key that `bdc unlock keygen` printed; null takes it away. */
  setHeadOfficeKey: mutation({ action: 'identity.setHeadOfficeKey', resource: 'organizations' })
    .input(z.object({ key: z.string().trim().max(200).nullable() }))
    .output(Done),

  /** Gives a learner a password for their own phone or computer; their other ways to sign in stay. */
  setLearnerPassword: mutation({
    action: 'identity.setLearnerPassword',
    resource: 'beneficiaries',
  })
    .input(z.object({ beneficiaryId: Id, password: NewPassword }))
    .output(Done),
}
