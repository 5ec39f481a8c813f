import {
  accessSync,
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { isAbsolute, join, relative, resolve } from 'node:path'
import type { Backup } from '../../shared/contract/backups.ts'
import { Refusal } from '../../shared/refusal.ts'
import { syncFile } from '../database/replace.ts'
import { freeBytesOf } from '../database/safe-copy.ts'
import { syncFolder } from '../database/write-durably.ts'
import { isBackupName, unfinishedIn } from './make.ts'
import { dataFile, type Manifest, manifestFile, readManifest, sha256Of } from './manifest.ts'

/** The database that looks at backups. */
export interface Looking {
  keyId: string
  /** How many people were erased in it. */
  orders: number
  /** When it forgot something else last. */
  forgottenAt: string | null
}

/** What opens no backup by itself. */
export const noDatabase: Looking = { keyId: '', orders: 0, forgottenAt: null }

/** The complete backups in a folder, newest first. One whose list cannot be read is none. */
export function backupsIn(folder: string, looking: Looking): Backup[] {
  const found = namesIn(folder)
    .filter(isBackupName)
    .flatMap((name) => backupAt(folder, name, looking))
  return found.sort((a, b) => (a.madeAt < b.madeAt ? 1 : -1))
}

/** Nothing where nothing can be read: a stick may be pulled out at any moment, and a disk may fail. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function backupAt(folder: string, name: string, looking: Looking): Backup[] {
  try {
    return [viewOf(folder, name, readManifest(join(folder, name)), looking)]
  } catch {
    return []
  }
}

function viewOf(folder: string, name: string, manifest: Manifest, looking: Looking): Backup {
  const { madeAt, reason, bytes, app, keyId, slots, counts } = manifest
  return {
    name,
    folder,
    madeAt,
    reason,
    bytes,
    app,
    isOwn: keyId === looking.keyId,
    holdsForgotten: holdsForgotten(manifest, looking),
    hasPassphrase: slots.some(({ kind }) => kind === 'passphrase'),
    hasRecoveryCode: slots.some(({ kind }) => kind === 'recovery'),
    people: counts.beneficiaries ?? 0,
    assessments: counts.assessments ?? 0,
    answers: counts.responses ?? 0,
  }
}

/** It knows of fewer erasures than its database does, or is older than what that forgot last. */
function holdsForgotten({ madeAt, keyId, counts }: Manifest, { keyId: ownKeyId, orders, forgottenAt }: Looking) {
  if (keyId !== ownKeyId) return false
  return (counts['erasure_orders'] ?? 0) < orders || (forgottenAt !== null && madeAt <= forgottenAt)
}

/** Whether backups can be written there now: a stick may have been pulled out. */
export function isReachable(folder: string): boolean {
  try {
    accessSync(folder, constants.R_OK | constants.W_OK)
    return statSync(folder).isDirectory()
  } catch {
    return false
  }
}

/** A folder that somebody typed. Inside the data it would go down with them. */
export function refuseUnfitFolder(folder: string, dataDir: string) {
  if (!isAbsolute(folder)) throw new Refusal('invalid', 'backups.folderMissing')
  const inside = relative(resolve(dataDir), resolve(folder))
  if (!inside.startsWith('..') && !isAbsolute(inside)) throw new Refusal('invalid', 'backups.folderInData')
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new Refusal('notFound', 'backups.folderMissing')
  const trial = join(folder, '.bdc-trial')
  try {
    const file = openSync(trial, 'w', 0o600)
    writeSync(file, 'x')
    closeSync(file)
    rmSync(trial)
  } catch {
    throw new Refusal('invalid', 'backups.folderReadOnly')
  }
}

/** The folder of a backup that somebody named; nothing but a backup's own name leads anywhere. */
export function backupFolder(folder: string, name: string): string {
  const place = join(folder, name)
  if (!isAbsolute(folder) || !isBackupName(name) || !existsSync(manifestFile(place))) {
    throw new Refusal('notFound', 'backups.notFound')
  }
  return place
}

/** A second copy: written under another name, compared with what its list says, and only then named. */
export function copyBackup(from: string, name: string, to: string) {
  const manifest = readManifest(join(from, name))
  for (const unfinished of unfinishedIn(to)) rmSync(join(to, unfinished), { recursive: true })
  if (existsSync(join(to, name))) return
  if (manifest.bytes + 1_000_000 > freeBytesOf(to)) throw new Error(`The disk of ${to} is full.`)
  const part = join(to, `${name}.part`)
  mkdirSync(part, { mode: 0o700 })
  for (const file of [dataFile, manifestFile]) {
    copyFileSync(file(join(from, name)), file(part))
    syncFile(file(part))
  }
  if (sha256Of(dataFile(part)) !== manifest.sha256) throw new Error(`${to} does not keep what is written to it.`)
  renameSync(part, join(to, name))
  syncFolder(to)
}

export function removeBackup(folder: string, name: string) {
  // Without its list it is no backup any more, whatever happens before the rest is gone.
  rmSync(manifestFile(join(folder, name)), { force: true })
  rmSync(join(folder, name), { recursive: true, force: true })
}
