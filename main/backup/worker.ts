import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { isMainThread, parentPort, workerData } from 'node:worker_threads'
import { migrateUp } from '../database/migrate.ts'
import { replacementOf } from '../database/replace.ts'
import { lostAnchors } from './anchors.ts'
import { type MakeJob, makeBackup } from './make.ts'
import { readManifest } from './manifest.ts'
import { type PrepareJob, prepareRestore, previewOf } from './restore.ts'

/** What a worker can be asked to do. Keys come as bytes through memory and are in no argument and no file. */
export type Job =
  | ({ work: 'make' } & MakeJob)
  | ({ work: 'prepare' } & PrepareJob)
  | { work: 'preview'; from: string; fromKey: Buffer }
  /** Brings a backup back for a test, in a folder that is gone afterwards. */
  | { work: 'test'; from: string; fromKey: Buffer; folder: string; restoredAt: string }

export interface WorkerInput {
  job: Job
  /** One byte that becomes 1 when nobody wants the result any more. */
  stop: SharedArrayBuffer
}

/** What a job fails with that was told to stop. */
export const unwanted = 'Nobody wants this any more.'

if (!isMainThread && parentPort && isInput(workerData)) await answer(workerData)

/** Other threads load this file for its types and words only. */
function isInput(data: unknown): data is WorkerInput {
  return typeof data === 'object' && data !== null && 'job' in data && 'stop' in data
}

async function answer({ job, stop }: WorkerInput) {
  const flag = new Uint8Array(stop)
  const onPoint = (point: string) => {
    parentPort?.postMessage({ point })
    if (Atomics.load(flag, 0) === 1) throw new Error(unwanted)
  }
  parentPort?.postMessage({ result: await done(job, onPoint) })
}

async function done(job: Job, onPoint: (point: string) => void): Promise<unknown> {
  // Between threads a Buffer becomes a plain array of bytes.
  if (job.work === 'make') return makeBackup({ ...job, databaseKey: Buffer.from(job.databaseKey) }, onPoint)
  if (job.work === 'prepare') {
    return prepareRestore({ ...job, fromKey: Buffer.from(job.fromKey), toKey: Buffer.from(job.toKey) }, onPoint)
  }
  if (job.work === 'preview') return previewOf(job.from, Buffer.from(job.fromKey))
  return testRestore(job, onPoint)
}

/** All the way that a restore takes, up to the newest schema. */
async function testRestore(job: Extract<Job, { work: 'test' }>, onPoint: (point: string) => void) {
  const folder = mkdtempSync(join(job.folder, 'test-restore-'))
  try {
    const fromKey = Buffer.from(job.fromKey)
    const target = join(folder, 'bdc.db')
    const { from, restoredAt } = job
    prepareRestore({ from, fromKey, databasePath: target, toKey: fromKey, restoredAt }, onPoint)
    const connection = await migrateUp(replacementOf(target), fromKey)
    const orphans = connection.pragma('foreign_key_check') as unknown[]
    const lost = lostAnchors(connection, readManifest(from).anchors)
    connection.close()
    if (lost.length > 0) throw new Error(`The update took lines out of the activity log in ${from}.`)
    if (orphans.length > 0) throw new Error(`${orphans.length} rows of ${from} belong to something that is not there.`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
