import * as z from 'zod'
import { Done, Id, mutation, query } from './base.ts'

/** `name`: touching it is enough; a card opens in every case. */
export const signInWays = ['name', 'pin', 'picture'] as const
export const SignInWay = z.enum(signInWays)
export type SignInWay = z.infer<typeof SignInWay>

export const Pin = z.string().regex(/^\d{4,6}$/)

/** The pictures of a picture password. The screens draw and name them; a name never changes its meaning. */
export const pictureNames = [
  'anchor',
  'apple',
  'bell',
  'bike',
  'feather',
  'fish',
  'flower',
  'house',
  'key',
  'moon',
  'sun',
  'tree',
] as const
export const PictureName = z.enum(pictureNames)
export type PictureName = z.infer<typeof PictureName>

/** Three different pictures in their order: 1,320 of them, behind the pauses after wrong tries. */
export const PictureSecret = z
  .array(PictureName)
  .length(3)
  .refine((pictures) => new Set(pictures).size === pictures.length)
export type PictureSecret = z.infer<typeof PictureSecret>

/** 128 random bits in Crockford's base 32, without the letters that look like digits. */
export const CardToken = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/)

/** What stands in the QR code of a card, before the token. */
export const cardPrefix = 'BDC:C:'

/** What somebody at a kiosk shows to take it. */
export const SitDown = z.union([
  z.strictObject({ beneficiaryId: Id, secret: z.union([Pin, PictureSecret]).optional() }),
  z.strictObject({
    /** As scanned or typed: small letters, spaces, hyphens and the prefix do not matter. */
    card: z.string().max(500),
  }),
])
export type SitDown = z.infer<typeof SitDown>

export const credentialKinds = ['pin', 'picture', 'card'] as const
export const CredentialKind = z.enum(credentialKinds)
export type CredentialKind = z.infer<typeof CredentialKind>

export const KioskSettings = z.object({
  signIn: SignInWay,
  /** Seconds without touch or key after which the roster comes back. */
  idleSeconds: z.int().min(30).max(3600),
})
export type KioskSettings = z.infer<typeof KioskSettings>

export const LearnerCredentials = z.object({
  beneficiaryId: Id,
  name: z.string(),
  kinds: z.array(CredentialKind),
  /** Too many wrong tries: the learner has to wait or be released. */
  isLocked: z.boolean(),
})
export type LearnerCredentials = z.infer<typeof LearnerCredentials>

/** Shown once: only hashes are stored. */
export const IssuedCard = z.object({
  beneficiaryId: Id,
  name: z.string(),
  pin: Pin.nullable(),
  pictures: PictureSecret.nullable(),
  card: CardToken.nullable(),
})
export type IssuedCard = z.infer<typeof IssuedCard>

export const Issue = z.object({
  beneficiaryIds: z.array(Id).min(1).max(200),
  kinds: z.array(CredentialKind).min(1),
  /** Digits of a new PIN. */
  digits: z.int().min(4).max(6).default(4),
})
export type Issue = z.infer<typeof Issue>

const person = z.object({ beneficiaryId: Id })

export const kiosk = {
  /** What the roster has to ask for. */
  entry: query().output(KioskSettings.extend({ hasExitPin: z.boolean() })),
  /** Ends the kiosk without signing anybody in. */
  leave: mutation({ action: 'kiosk.leave' })
    .input(z.object({ exitPin: z.string().max(20) }))
    .output(Done),

  settings: query().output(KioskSettings.extend({ hasExitPin: z.boolean() })),
  setSettings: mutation({ action: 'kiosk.setSettings', resource: 'organizations' }).input(KioskSettings).output(Done),
  /** Null removes it: then only the password of who opened the kiosk leads out. */
  setExitPin: mutation({ action: 'kiosk.setExitPin', resource: 'organizations' })
    .input(z.object({ exitPin: Pin.nullable() }))
    .output(Done),

  /** Active learners by name, with the ways they have to sign in. */
  credentials: query()
    .input(z.object({ search: z.string().max(200).default(''), groupId: Id.optional() }))
    .output(z.object({ people: z.array(LearnerCredentials), more: z.boolean() })),
  /** Makes new secrets for all of them, which replace the ones they had of the same kinds. */
  issue: mutation({ action: 'kiosk.issue', resource: 'beneficiaries' }).input(Issue).output(z.array(IssuedCard)),
  /** Gives one learner a PIN or pictures that somebody chose. */
  setSecret: mutation({ action: 'kiosk.setSecret', resource: 'beneficiaries' })
    .input(person.extend({ secret: z.union([Pin, PictureSecret]) }))
    .output(Done),
  revoke: mutation({ action: 'kiosk.revoke', resource: 'beneficiaries' })
    .input(person.extend({ kind: CredentialKind }))
    .output(Done),
  /** Lets a learner try again at once. */
  release: mutation({ action: 'kiosk.release', resource: 'beneficiaries' }).input(person).output(Done),
}
