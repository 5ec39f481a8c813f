import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { closeSync, openSync, readFileSync, readSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { backupReasons } from '../../shared/contract/backups.ts'
import { Timestamp } from '../../shared/contract/base.ts'
import { derive } from '../keys/seal.ts'
import { keyIdOf, Slot } from '../keys/slots.ts'
import { Anchor } from './anchors.ts'

/** What is known of a backup without its key: no name of anybody, but how much there is, and how to open it. */
export const Manifest = z.object({
  version: z.literal(1),
  id: z.uuid(),
  madeAt: Timestamp,
  reason: z.enum(backupReasons),
  /** The version of BDC, and how many steps its schema had been through. */
  app: z.string().max(50),
  schema: z.int().nonnegative(),
  bytes: z.int().positive(),
  sha256: z.hex().length(64),
  /** Rows by table. */
  counts: z.record(z.string(), z.int().nonnegative()),
  /** Where each activity log ended, so that a restore can tell that nothing of it is missing. */
  anchors: z.array(Anchor).max(100_000),
  /** Which database key the keys of this backup come from. */
  keyId: z.hex().length(32),
  salt: z.base64(),
  /** The ways to that key which people had when the backup was made. */
  slots: z.array(Slot).max(32),
  mac: z.base64(),
})
export type Manifest = z.infer<typeof Manifest>

const Unsigned = Manifest.omit({ mac: true })

/** A backup that cannot be trusted or read. The message says why. */
export class BackupDamaged extends Error {
  override name = 'BackupDamaged'
}

export const dataFile = (backup: string) => join(backup, 'data.db')
export const manifestFile = (backup: string) => join(backup, 'manifest.json')

/** Every backup is encrypted with a key of its own, which comes from the key of the database it is of. */
export function backupKey(databaseKey: Buffer, salt: string): Buffer {
  return derive(databaseKey, 'bdc backup', Buffer.from(salt, 'base64'))
}

export function signedManifest(body: z.infer<typeof Unsigned>, databaseKey: Buffer): Manifest {
  return Manifest.parse({ ...body, mac: macOf(body, databaseKey).toString('base64') })
}

/** @throws {BackupDamaged} */
export function readManifest(backup: string): Manifest {
  try {
    return Manifest.parse(JSON.parse(readFileSync(manifestFile(backup), 'utf8')))
  } catch (cause) {
    throw new BackupDamaged(`The list of contents of ${backup} cannot be read: take another backup.`, { cause })
  }
}

/** @throws {BackupDamaged} when anybody without the key has changed the list, or the file is not the one it is of. */
export function verifyManifest(backup: string, manifest: Manifest, databaseKey: Buffer) {
  const { mac, ...body } = manifest
  const [found, wanted] = [Buffer.from(mac, 'base64'), macOf(body, databaseKey)]
  const isGenuine = manifest.keyId === keyIdOf(databaseKey) && found.length === wanted.length
  if (!isGenuine || !timingSafeEqual(found, wanted)) {
    throw new BackupDamaged(`The list of contents of ${backup} was changed: take another backup.`)
  }
  if (sha256Of(dataFile(backup)) !== manifest.sha256) {
    throw new BackupDamaged(`The data in ${backup} is not what was written: take another backup, and check that disk.`)
  }
}

/** Read in parts, so that a large file does not fill the memory. */
export function sha256Of(path: string): string {
  const hash = createHash('sha256')
  const part = Buffer.alloc(1024 * 1024)
  const file = openSync(path, 'r')
  try {
    for (let read = readSync(file, part); read > 0; read = readSync(file, part)) hash.update(part.subarray(0, read))
  } finally {
    closeSync(file)
  }
  return hash.digest('hex')
}

/** Parsing puts the fields into the order of the schema. */
function macOf(body: z.infer<typeof Unsigned>, databaseKey: Buffer): Buffer {
  const text = JSON.stringify(Unsigned.parse(body))
  return createHmac('sha256', derive(databaseKey, 'bdc backup manifest')).update(text).digest()
}
