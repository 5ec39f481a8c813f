import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import type { Backup, BackupPreview, BackupSecret, BackupState } from '../../shared/contract/backups.ts'
import { Refusal } from '../../shared/refusal.ts'
import type { Clock } from '../clock.ts'
import { asideName } from '../database/databases-aside.ts'
import { decideReplacement } from '../database/replace.ts'
import { freeBytesOf } from '../database/safe-copy.ts'
import type { Slot } from '../keys/slots.ts'
import { keyIdOf } from '../keys/slots.ts'
import { backupFolder, backupsIn, copyBackup, isReachable, type Looking, removeBackup } from './folder.ts'
import { goneBy, superfluous } from './keep.ts'
import { partOfBackup } from './make.ts'
import { BackupDamaged, dataFile, manifestFile, readManifest } from './manifest.ts'
import { keyOfBackup } from './open-backup.ts'
import { type RunningJob, runJob } from './run-job.ts'
import { changeSettings, readSettings, type Settings } from './settings.ts'
import { type Job, unwanted } from './worker.ts'

export interface BackupsOptions {
  dataDir: string
  databasePath: string
  databaseKey: Buffer
  clock: Clock
  app: string
  slots: () => Slot[]
  /** How many people were erased in it. */
  orders: () => number
}

const weekMs = 7 * 24 * 3_600_000

type Running = NonNullable<BackupState['running']>

interface Named {
  folder: string
  name: string
}

const Preview = z.object({ organizations: z.array(z.string()), lastActivityAt: z.string().nullable() })

/** Everything that is done with backups of one open database, one thing at a time. */
export function backupsOf(options: BackupsOptions) {
  const { dataDir, databasePath, databaseKey, clock } = options
  const ownFolder = join(dataDir, 'backups')
  const ownKeyId = keyIdOf(databaseKey)
  const now = () => clock.now().toISOString()
  let current: { job: RunningJob; work: Running['work']; part: string; allBytes: number } | undefined

  async function run(job: Job, work: Running['work'], part: string) {
    if (current) throw new Refusal('conflict', 'backups.busy')
    const started = runJob(job)
    current = { job: started, work, part, allBytes: sizeOf(databasePath) }
    try {
      return await started.result
    } finally {
      current = undefined
    }
  }

  async function make(reason: Backup['reason']): Promise<Named> {
    const madeAt = now()
    const { app } = options
    const slots = options.slots().filter(({ kind }) => kind === 'recovery' || kind === 'passphrase')
    const job = { work: 'make', databasePath, databaseKey, folder: ownFolder, madeAt, reason, app, slots } as const
    const name = z.string().parse(await run(job, 'make', dataFile(partOfBackup(ownFolder, madeAt))))
    copyElsewhere(name)
    tidy()
    return { folder: ownFolder, name }
  }

  let begun: Promise<void> = Promise.resolve()
  /** What becomes of it stands in the state. */
  function begin(andThen: (made: Named) => void = () => {}) {
    if (current) throw new Refusal('conflict', 'backups.busy')
    const at = now()
    begun = make('asked')
      .then(andThen)
      .catch((error: unknown) => {
        if (isStopped(error)) return
        const reason = error instanceof Error ? error.message.slice(0, 500) : 'unknown'
        changeSettings(dataDir, { lastFailure: { at, reason } })
      })
  }

  /** A new backup first; then those go that hold what was forgotten since, wherever the new one arrived. */
  function replaceOlder() {
    begin(({ name }) => {
      for (const folder of folders().filter((one) => existsSync(manifestFile(join(one, name))))) {
        for (const backup of own(folder)) {
          if (backup.holdsForgotten && backup.name !== name) removeBackup(folder, backup.name)
        }
      }
    })
  }

  function folders(): string[] {
    const { secondFolder } = readSettings(dataDir)
    return secondFolder === null ? [ownFolder] : [ownFolder, secondFolder]
  }

  /** A stick that is not there is no reason to have no backup; the state says since when it was away. */
  function copyElsewhere(name: string) {
    const { secondFolder } = readSettings(dataDir)
    if (secondFolder === null || !isReachable(secondFolder)) return
    copyBackup(ownFolder, name, secondFolder)
    changeSettings(dataDir, { lastElsewhereAt: now() })
    for (const gone of superfluous(own(secondFolder))) removeBackup(secondFolder, gone)
  }

  /** At most half of what is free for backups beside the data. */
  function tidy() {
    const present = own(ownFolder)
    const bytes = present.reduce((sum, backup) => sum + backup.bytes, 0)
    for (const gone of superfluous(present, (bytes + freeBytesOf(ownFolder)) / 2)) removeBackup(ownFolder, gone)
  }

  function looking(): Looking {
    return { keyId: ownKeyId, orders: options.orders(), forgottenAt: readSettings(dataDir).lastForgottenAt }
  }

  const own = (folder: string) => backupsIn(folder, looking()).filter(({ isOwn }) => isOwn)

  async function test({ folder, name }: Named) {
    const backup = backupFolder(folder, name)
    const fromKey = await keyOfBackup(backup, { ownKey: databaseKey, secret: null })
    try {
      await run({ work: 'test', from: backup, fromKey, folder: dataDir, restoredAt: now() }, 'test', '')
      changeSettings(dataDir, { lastTest: { at: now(), name, isGood: true } })
    } catch (error) {
      if (error instanceof Refusal) throw error
      // Neither of the two says anything about the backup.
      const ending = endingOf(error)
      if (ending) throw ending
      changeSettings(dataDir, { lastTest: { at: now(), name, isGood: false } })
      throw new Refusal('conflict', 'backups.damaged')
    }
  }

  async function preview({ folder, name }: Named, secret: BackupSecret | null) {
    const backup = backupFolder(folder, name)
    const fromKey = await keyOfBackup(backup, { ownKey: databaseKey, secret })
    return previewFacts(backup, await run({ work: 'preview', from: backup, fromKey }, 'test', '').catch(asRefusal))
  }

  /** Writes and checks what shall take the place of the data; `decide` is for the moment when nothing else writes. */
  async function prepareRestore({ folder, name }: Named, secret: BackupSecret | null) {
    const backup = backupFolder(folder, name)
    const fromKey = await keyOfBackup(backup, { ownKey: databaseKey, secret })
    const restoredAt = now()
    const job = { work: 'prepare', from: backup, fromKey, databasePath, toKey: databaseKey, restoredAt } as const
    await run(job, 'restore', `${databasePath}.return.part`).catch(asRefusal)
    const { madeAt, keyId } = readManifest(backup)
    // In the data of another computer the same number is somebody else.
    const isOwn = keyId === ownKeyId
    return function decide(by: Pick<NonNullable<Settings['unlogged']>, 'by' | 'organizationId'>) {
      const keptAside = asideName(databasePath, restoredAt)
      const lastRestore = { at: restoredAt, madeAt, keptAside }
      changeSettings(dataDir, { lastRestore, unlogged: { ...by, ...(!isOwn && { by: null }), madeAt } })
      decideReplacement(databasePath, keptAside)
    }
  }

  function state(): BackupState {
    const { unlogged: _, lastForgottenAt: __, ...settings } = readSettings(dataDir)
    const seen = looking()
    const backups = folders().flatMap((folder) => backupsIn(folder, seen))
    const { secondFolder, lastRestore } = settings
    const running = current && {
      work: current.work,
      doneBytes: Math.min(sizeOf(current.part), current.allBytes),
      allBytes: current.allBytes,
    }
    return {
      ...settings,
      lastRestore: lastRestore && { ...lastRestore, keptAside: stillThere(lastRestore.keptAside) },
      ownFolder,
      isElsewhereRecent:
        settings.lastElsewhereAt !== null && clock.now().getTime() - Date.parse(settings.lastElsewhereAt) < weekMs,
      isSecondReachable: secondFolder !== null && isReachable(secondFolder),
      backups: backups.toSorted((a, b) => (a.madeAt < b.madeAt ? 1 : -1)),
      forgottenUntil: settings.every === 'never' ? null : lastGoneBy(backups),
      running: running ?? null,
    }
  }

  const stillThere = (name: string | null) => (name !== null && existsSync(join(dataDir, name)) ? name : null)

  return {
    state,
    make,
    begin: () => begin(),
    replaceOlder,
    test,
    preview,
    prepareRestore,
    /** Whether the key of this computer opens it. */
    isOwn: ({ folder, name }: Named) => readManifest(backupFolder(folder, name)).keyId === ownKeyId,
    backupsIn: (folder: string) => backupsIn(folder, looking()),
    ownBackups: () => own(ownFolder),
    isBusy: () => current !== undefined,
    cancel: () => current?.job.stop(),
    async close() {
      current?.job.stop()
      await current?.job.result.catch(() => {})
      await begun
    },
  }
}

export type Backups = ReturnType<typeof backupsOf>

/** What a worker has read in a backup, with what its list says. */
export function previewFacts(backup: string, read: unknown): BackupPreview {
  const { madeAt, counts } = readManifest(backup)
  const { beneficiaries = 0, assessments = 0, responses = 0 } = counts
  return { ...Preview.parse(read), madeAt, people: beneficiaries, assessments, answers: responses }
}

/** Of those that go by themselves; null where none of them holds what was forgotten. */
function lastGoneBy(backups: readonly Backup[]): string | null {
  const going = backups.filter(({ holdsForgotten, reason }) => holdsForgotten && reason === 'automatic')
  return (
    going
      .map(({ madeAt }) => goneBy(madeAt))
      .toSorted()
      .at(-1) ?? null
  )
}

/** Asked in one step: the thread that writes a backup gives it its name at any moment. */
function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

/** An error of a worker comes without its class. */
export function asRefusal(error: unknown): never {
  const ending = endingOf(error)
  if (ending) throw ending
  const isKnown =
    error instanceof Error && (error.name === new BackupDamaged().name || /damaged|NOTADB/.test(error.message))
  if (isKnown) throw new Refusal('conflict', 'backups.damaged', {})
  throw error
}

/** Why work ended that nothing was wrong with. */
function endingOf(error: unknown): Refusal | undefined {
  if (isStopped(error)) return new Refusal('conflict', 'backups.cancelled')
  const [, megabytes] = (error instanceof Error && /too full.*: free (\d+) MB/.exec(error.message)) || []
  return megabytes ? new Refusal('conflict', 'backups.diskFull', { megabytes: Number(megabytes) }) : undefined
}

/** Somebody has cancelled it, or BDC ends. */
function isStopped(error: unknown): boolean {
  return error instanceof Error && error.message === unwanted
}
