import { createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto'
import * as z from 'zod'
import { Timestamp } from '../../shared/contract/base.ts'
import { PassphraseCost } from './passphrase.ts'
import { derive, seal, unseal } from './seal.ts'

const Bytes = z.base64().max(4096)
const common = {
  id: z.uuid(),
  madeAt: Timestamp,
  lastUsedAt: Timestamp.nullable(),
  salt: Bytes,
  /** The database key, sealed with what opens this slot. */
  sealed: Bytes,
}

/** One way to the database key, as LUKS has them: opening one opens all, and none of them is the key itself. */
export const Slot = z.discriminatedUnion('kind', [
  /** Opened by the key file beside it. */
  z.object({ ...common, kind: z.literal('file') }),
  /** Opened by the keychain of the operating system, whose name is kept: on Linux it changes with the desktop. */
  z.object({ ...common, kind: z.literal('keychain'), keychain: z.string().max(200), sealedSecret: Bytes }),
  /** `start` opens this computer and its backups, `backups` the backups alone. */
  z.object({ ...common, kind: z.literal('passphrase'), use: z.enum(['start', 'backups']), cost: PassphraseCost }),
  z.object({ ...common, kind: z.literal('recovery') }),
])
export type Slot = z.infer<typeof Slot>
export type SlotOf<K extends Slot['kind']> = Extract<Slot, { kind: K }>

export const KeySlots = z.object({
  version: z.literal(1),
  /** Says which key the slots open, without saying anything of the key. */
  keyId: z.hex().length(32),
  slots: z.array(Slot).min(1).max(32),
  /** HMAC over all of the above with a key from the database key. */
  mac: Bytes,
})
export type KeySlots = z.infer<typeof KeySlots>

const purposeOf = {
  file: 'bdc slot: key file',
  keychain: 'bdc slot: keychain',
  passphrase: 'bdc slot: passphrase',
  recovery: 'bdc slot: recovery code',
} as const satisfies Record<Slot['kind'], string>

export function keyIdOf(databaseKey: Buffer): string {
  return derive(databaseKey, 'bdc key id').subarray(0, 16).toString('hex')
}

/** The slots with their MAC, as they are written. */
export function signed(slots: Slot[], databaseKey: Buffer): KeySlots {
  const body = { version: 1 as const, keyId: keyIdOf(databaseKey), slots }
  return { ...body, mac: macOf(body, databaseKey).toString('base64') }
}

/** Whether nobody without the key has changed anything. */
export function isGenuine({ mac, ...body }: KeySlots, databaseKey: Buffer): boolean {
  const [found, wanted] = [Buffer.from(mac, 'base64'), macOf(body, databaseKey)]
  return found.length === wanted.length && timingSafeEqual(found, wanted)
}

/** Parsing puts the fields into the order of the schema, whatever order they were written in. */
function macOf(body: Omit<KeySlots, 'mac'>, databaseKey: Buffer): Buffer {
  const text = JSON.stringify(KeySlots.omit({ mac: true }).parse(body))
  return createHmac('sha256', derive(databaseKey, 'bdc key slots')).update(text).digest()
}

/** What every new slot has; `secret` is what will open it. */
export function sealedFor(kind: Slot['kind'], secret: Buffer, databaseKey: Buffer, madeAt: string, salt = newSalt()) {
  const key = derive(secret, purposeOf[kind], salt)
  return {
    id: randomUUID(),
    madeAt,
    lastUsedAt: null,
    salt: salt.toString('base64'),
    sealed: seal(databaseKey, key).toString('base64'),
  }
}

/** The database key, or undefined when this secret does not open this slot. */
export function openSlot({ kind, salt, sealed }: Slot, secret: Buffer): Buffer | undefined {
  return unseal(Buffer.from(sealed, 'base64'), derive(secret, purposeOf[kind], Buffer.from(salt, 'base64')))
}

export function newSalt(): Buffer {
  return randomBytes(16)
}
