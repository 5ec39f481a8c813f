import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { keyOfPassphrase } from './passphrase.ts'
import { type OpenedSlot, openSlots } from './slot-file.ts'
import { openSlot, type Slot } from './slots.ts'

export const secretLength = 32

export function keyFilePath(dataDir: string): string {
  return join(dataDir, 'bdc.key')
}

/** The secret in the key file, or undefined when there is no such file. */
export function readKeyFile(path: string): Buffer | undefined {
  if (!existsSync(path)) return undefined
  const secret = Buffer.from(readFileSync(path, 'utf8').trim(), 'hex')
  if (secret.length !== secretLength) throw new Error(`The key file ${path} is damaged: restore it from a backup.`)
  return secret
}

export function openWithSecret(slots: readonly Slot[], kind: Slot['kind'], secret: Buffer): OpenedSlot | undefined {
  for (const slot of slots.filter((one) => one.kind === kind)) {
    const databaseKey = openSlot(slot, secret)
    if (databaseKey) return { slotId: slot.id, databaseKey }
  }
  return undefined
}

/** `uses` says which passphrases count: those for backups do not open a computer. */
export async function openWithPassphrase(
  slots: readonly Slot[],
  passphrase: string,
  uses: readonly ('start' | 'backups')[],
): Promise<OpenedSlot | undefined> {
  for (const slot of slots) {
    if (slot.kind !== 'passphrase' || !uses.includes(slot.use)) continue
    const secret = await keyOfPassphrase(passphrase, Buffer.from(slot.salt, 'base64'), slot.cost)
    const databaseKey = openSlot(slot, secret)
    if (databaseKey) return { slotId: slot.id, databaseKey }
  }
  return undefined
}

/** `code` as `readRecoveryCode` gives it. */
export function openWithRecoveryCode(slots: readonly Slot[], code: string): OpenedSlot | undefined {
  return openWithSecret(slots, 'recovery', Buffer.from(code))
}

export function openFolderWithPassphrase(dataDir: string, passphrase: string) {
  return openSlots(dataDir, (slots) => openWithPassphrase(slots, passphrase, ['start']))
}

export function openFolderWithRecoveryCode(dataDir: string, code: string) {
  return openSlots(dataDir, async (slots) => openWithRecoveryCode(slots, code))
}
