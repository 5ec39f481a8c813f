import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { recoveryCodeOf } from '../../shared/recovery-code.ts'
import { Refusal } from '../../shared/refusal.ts'
import { writeDurably } from '../database/write-durably.ts'
import { keyFilePath, openWithSecret, readKeyFile, secretLength } from './openers.ts'
import { keyOfPassphrase, ordinaryCost, type PassphraseCost } from './passphrase.ts'
import { genuineSlots, readSlots, writeSlots } from './slot-file.ts'
import { newSalt, type Slot, type SlotOf, sealedFor } from './slots.ts'

/** The keychain of the operating system, where a host has one. */
export interface Keychain {
  /** Undefined where there is none that deserves the name. */
  name(): Promise<string | undefined>
  /** In base64, readable by the keychain of this user alone. */
  seal(secret: Buffer): Promise<string>
}

export interface KeyRing {
  slots(): Slot[]
  /** A second of work, so not to be called inside a transaction; `add` then stores it. */
  passphraseSlot(passphrase: string, use: 'start' | 'backups', madeAt: string): Promise<Slot>
  /** Undefined where the host has no keychain. */
  keychainSlot(madeAt: string): Promise<Slot | undefined>
  /** In one step: there is no moment with neither the old nor the new one. */
  add(slot: Slot, options?: { insteadOf?: string }): void
  /** A new code, which is in no file; the old one stops working. */
  renewRecoveryCode(madeAt: string): string[]
  /** Lets this computer start without anybody, by a file that only its owner can read. */
  addKeyFile(madeAt: string): void
  revoke(slotId: string): void
  noteUse(slotId: string, usedAt: string): void
}

export interface KeyRingOptions {
  dataDir: string
  databaseKey: Buffer
  keychain?: Keychain | undefined
  cost?: PassphraseCost | undefined
}

/** The slots of an open database. Nothing here touches the database: its key stays the same. */
export function keyRing({ dataDir, databaseKey, keychain, cost = ordinaryCost }: KeyRingOptions): KeyRing {
  const slots = () => genuineSlots(dataDir, databaseKey)
  const write = (next: Slot[]) => writeSlots(dataDir, next, databaseKey)

  function add(slot: Slot, { insteadOf }: { insteadOf?: string } = {}) {
    write([...slots().filter(({ id }) => id !== insteadOf), slot])
  }
  return {
    slots,
    add,
    async passphraseSlot(passphrase, use, madeAt) {
      const salt = newSalt()
      const secret = await keyOfPassphrase(passphrase, salt, cost)
      return { kind: 'passphrase', use, cost, ...sealedFor('passphrase', secret, databaseKey, madeAt, salt) }
    },
    keychainSlot: (madeAt) => keychainSlot(keychain, databaseKey, madeAt),
    renewRecoveryCode(madeAt) {
      const groups = recoveryCodeOf(Array.from(randomBytes(28), (byte) => byte & 31))
      const slot = recoverySlot(groups, databaseKey, madeAt)
      write([...slots().filter(({ kind }) => kind !== 'recovery'), slot])
      return groups
    },
    addKeyFile: (madeAt) => replaceKeyFile(dataDir, databaseKey, slots(), madeAt),
    revoke(slotId) {
      const present = slots()
      const revoked = present.find(({ id }) => id === slotId)
      if (!revoked) throw new Refusal('notFound', 'keys.slotMissing')
      refuseRevoking(revoked, present)
      write(present.filter(({ id }) => id !== slotId))
      if (revoked.kind === 'file') rmSync(keyFilePath(dataDir), { force: true })
    },
    noteUse(slotId, usedAt) {
      const present = slots()
      if (!present.some(({ id }) => id === slotId)) return
      write(present.map((slot) => (slot.id === slotId ? { ...slot, lastUsedAt: usedAt } : slot)))
    },
  }
}

/** What a person can open this computer with when the machine has lost its memory. */
export function isForPerson(slot: Slot): boolean {
  return slot.kind === 'recovery' || (slot.kind === 'passphrase' && slot.use === 'start')
}

/** Why a slot has to stay, or undefined. */
export function reasonToKeep(slot: Slot, all: readonly Slot[]): 'keys.lastSlot' | 'keys.lastForPerson' | undefined {
  const others = all.filter(({ id }) => id !== slot.id)
  if (!others.some((other) => other.kind !== 'passphrase' || other.use === 'start')) return 'keys.lastSlot'
  return isForPerson(slot) && !others.some(isForPerson) ? 'keys.lastForPerson' : undefined
}

function refuseRevoking(slot: Slot, all: readonly Slot[]) {
  const reason = reasonToKeep(slot, all)
  if (reason) throw new Refusal('conflict', reason)
}

function recoverySlot(groups: string[], databaseKey: Buffer, madeAt: string): SlotOf<'recovery'> {
  return { kind: 'recovery', ...sealedFor('recovery', Buffer.from(groups.join('')), databaseKey, madeAt) }
}

export async function keychainSlot(keychain: Keychain | undefined, databaseKey: Buffer, madeAt: string) {
  const name = await keychain?.name()
  if (!keychain || name === undefined) return undefined
  const secret = randomBytes(secretLength)
  const sealedSecret = await keychain.seal(secret)
  const slot: SlotOf<'keychain'> = {
    kind: 'keychain',
    keychain: name,
    sealedSecret,
    ...sealedFor('keychain', secret, databaseKey, madeAt),
  }
  return slot
}

/**
 * A new secret in the key file. Old and new slot are there together until the file holds the new one, so that a power cut
 * leaves a file that opens.
 */
function replaceKeyFile(dataDir: string, databaseKey: Buffer, present: readonly Slot[], madeAt: string) {
  const secret = randomBytes(secretLength)
  const slot: Slot = { kind: 'file', ...sealedFor('file', secret, databaseKey, madeAt) }
  writeSlots(dataDir, [...present, slot], databaseKey)
  writeDurably(keyFilePath(dataDir), `${secret.toString('hex')}\n`)
  writeSlots(dataDir, [...present.filter(({ kind }) => kind !== 'file'), slot], databaseKey)
}

/** The first slot of a new database: a key file. On the disk before the key is used. */
export function beginWithKeyFile(dataDir: string, databaseKey: Buffer, madeAt: string) {
  replaceKeyFile(dataDir, databaseKey, [], madeAt)
}

export function beginWithSlot(dataDir: string, databaseKey: Buffer, slot: Slot) {
  writeSlots(dataDir, [slot], databaseKey)
}

/**
 * Ends what a power cut interrupted, and takes over a key file from before there were slots, which holds the database key
 * itself: it becomes a slot, and the file gets a secret that opens nothing without the slot.
 */
export function tidyKeyFile(dataDir: string, databaseKey: Buffer, now: string) {
  const secret = readKeyFile(keyFilePath(dataDir))
  if (!readSlots(dataDir)) {
    if (!secret) return
    const old: Slot = { kind: 'file', ...sealedFor('file', secret, databaseKey, now) }
    replaceKeyFile(dataDir, databaseKey, [old], now)
    return
  }
  const present = genuineSlots(dataDir, databaseKey)
  const files = present.filter(({ kind }) => kind === 'file')
  if (files.length < 2 || !secret) return
  const used = openWithSecret(files, 'file', secret)
  if (used) {
    const kept = present.filter(({ kind, id }) => kind !== 'file' || id === used.slotId)
    writeSlots(dataDir, kept, databaseKey)
  }
}
