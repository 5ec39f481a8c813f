import * as z from 'zod'
import { Done, mutation, query, Timestamp } from './base.ts'

/** Opens data on a disk that somebody may carry away and try for years, so it is longer than a password. */
export const Passphrase = z.string().min(12).max(200)

/** What the person types who signed in: whoever walks past an open screen must not make a key of their own. */
const OwnPassword = z.string().max(1000)

export const keySlotKinds = ['file', 'keychain', 'passphrase', 'recovery'] as const

/** One way to the data of this computer. */
export const KeySlot = z.object({
  id: z.uuid(),
  kind: z.enum(keySlotKinds),
  /** Of a passphrase: `start` opens this computer and its backups, `backups` the backups alone. */
  use: z.enum(['start', 'backups']).nullable(),
  /** The name of the keychain. */
  keychain: z.string().nullable(),
  madeAt: Timestamp,
  lastUsedAt: Timestamp.nullable(),
  /** Why it has to stay for now. */
  staysBecause: z.enum(['keys.lastSlot', 'keys.lastForPerson']).nullable(),
})
export type KeySlot = z.infer<typeof KeySlot>

export const KeysOfComputer = z.object({
  slots: z.array(KeySlot),
  hasRecoveryCode: z.boolean(),
  /** Whether this host could put a key into a keychain. */
  hasKeychain: z.boolean(),
})
export type KeysOfComputer = z.infer<typeof KeysOfComputer>

export const SetPassphrase = z.object({
  passphrase: Passphrase,
  use: z.enum(['start', 'backups']),
  /** The slot whose place it takes. */
  insteadOf: z.uuid().nullable(),
  password: OwnPassword,
})
export type SetPassphrase = z.infer<typeof SetPassphrase>

export const RevokeSlot = z.object({ id: z.uuid(), password: OwnPassword })
export type RevokeSlot = z.infer<typeof RevokeSlot>

export const OnlyPassword = z.object({ password: OwnPassword })
export type OnlyPassword = z.infer<typeof OnlyPassword>

export const keys = {
  ofComputer: query().output(KeysOfComputer),
  setPassphrase: mutation({ action: 'keys.setPassphrase' }).input(SetPassphrase).output(Done),
  /** Shown once: it is kept nowhere. A code that was there before stops working. */
  renewRecoveryCode: mutation({ action: 'keys.renewRecoveryCode' })
    .input(OnlyPassword)
    .output(z.object({ groups: z.array(z.string()) })),
  /** Lets this computer start by itself: through its keychain, or through a key file where it has none. */
  startByItself: mutation({ action: 'keys.startByItself' }).input(OnlyPassword).output(Done),
  revoke: mutation({ action: 'keys.revoke' }).input(RevokeSlot).output(Done),
}
