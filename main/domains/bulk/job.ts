import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { Id } from '../../../shared/contract/base.ts'
import { type BulkJob, mostRefused } from '../../../shared/contract/bulk.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { type Actor, authenticate } from '../../actor.ts'
import type { Clock } from '../../clock.ts'
import type { Visitor } from '../../context.ts'
import type { DatabaseFile } from '../../database/database.ts'
import { scopeOf } from '../../scope.ts'
import { logActivity } from '../activity/log.ts'
import { beneficiaryOf } from '../beneficiaries/queries.ts'
import { documentOf } from '../documents/document-queries.ts'
import { documentScope } from '../documents/reach.ts'
import type { RowContext, TakeBack } from './row-change.ts'

export interface Work {
  list: BulkJob['list']
  kind: BulkJob['kind']
  isUndo: boolean
  /** Pages of rows, gathered before the first one is changed, because the change may move them in the list. */
  rows: () => AsyncIterable<readonly Id[]>
  apply(context: RowContext, id: Id): Promise<TakeBack | undefined>
  /** Told after each commit, to which rows it has come. */
  onReached?(ids: readonly Id[]): void
}

export interface Job extends Work {
  id: string
  actor: Actor
  visitor: Visitor
  /** Of the session that has begun it: with the session the job ends. */
  token: string | undefined
  state: BulkJob['state']
  total: number | null
  reached: number
  changed: number
  refusals: number
  refused: BulkJob['refused']
  isCancelled: boolean
  takeBack: Map<Id, TakeBack>
}

export interface JobOptions {
  database: DatabaseFile
  clock: Clock
  onFailure: (error: unknown) => void
}

/** Longest that a slice holds the database, in milliseconds: half a frame, because committing it takes a while as well. */
const sliceMs = 8

export function newJob(work: Work, actor: Actor, visitor: Visitor): Job {
  return {
    ...work,
    id: randomUUID(),
    actor,
    visitor,
    token: visitor.credentials.read(),
    state: 'running',
    total: null,
    reached: 0,
    changed: 0,
    refusals: 0,
    refused: [],
    isCancelled: false,
    takeBack: new Map(),
  }
}

/** Goes through all rows in slices; what a slice has written is written, whatever comes after it. */
export async function runJob(options: JobOptions, job: Job) {
  const { database, clock, onFailure } = options
  let state: BulkJob['state'] = 'failed'
  try {
    const ids: Id[] = []
    for await (const page of job.rows()) {
      if (job.isCancelled) break
      ids.push(...page)
    }
    job.total = ids.length
    while (job.reached < ids.length && !job.isCancelled && (await isStillIn(options, job))) {
      const from = job.reached
      const now = clock.now().toISOString()
      // Counts nothing that is not committed: a slice that fails is undone as a whole.
      const { made, ...counts } = await database.write((db) => slice(job, ids, { db, actor: job.actor, now }, clock))
      for (const [id, takeBack] of made) job.takeBack.set(id, takeBack)
      Object.assign(job, counts)
      job.onReached?.(ids.slice(from, job.reached))
      await setImmediate()
    }
    state = job.reached >= ids.length && !job.isCancelled ? 'done' : job.isCancelled ? 'cancelled' : 'ended'
  } catch (error) {
    onFailure(error)
  }
  await database.write((db) => note(options, { ...job, state }, db)).catch(onFailure)
  job.state = state
}

/** As many rows as the time allows, and one at least. */
async function slice(job: Job, ids: readonly Id[], context: RowContext, clock: Clock) {
  const began = clock.monotonic()
  const made: [Id, TakeBack][] = []
  const refused: Job['refused'] = []
  let reached = job.reached
  do {
    const id = ids[reached] as Id
    try {
      const takeBack = await job.apply(context, id)
      if (takeBack) made.push([id, takeBack])
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      refused.push({ name: await nameOf(context, job, id), key: error.key, params: error.params })
    }
    reached++
  } while (reached < ids.length && clock.monotonic() - began < sliceMs)
  return {
    made,
    reached,
    changed: job.changed + made.length,
    refusals: job.refusals + refused.length,
    refused: [...job.refused, ...refused].slice(0, mostRefused),
  }
}

/** Only of rows that the caller sees: of the others the id alone was known. */
async function nameOf({ db, actor, now }: RowContext, { list }: Job, id: Id): Promise<string | null> {
  if (list === 'documents') return (await documentOf(db, documentScope(actor, now), id))?.filename ?? null
  return (await beneficiaryOf(db, scopeOf(actor), id))?.name ?? null
}

/** Whoever signs out, or is not what they were, changes nothing any more; a screen that only locked itself does not matter. */
async function isStillIn({ database, clock }: JobOptions, { token, actor }: Job): Promise<boolean> {
  const now = await authenticate(database.reader, token, clock.now())
  return now.userId === actor.userId && now.role === actor.role
}

/** One line for all of it. */
async function note({ database, clock }: JobOptions, job: Job, db: Parameters<typeof logActivity>[0]) {
  const { actor, visitor, list, kind, changed, refusals, total, state } = job
  await logActivity(db, database.auditKey, {
    actor,
    action: job.isUndo ? 'bulk.tookBack' : 'bulk.changed',
    resourceId: null,
    details: { list, kind, changed, refused: refusals, of: total, state },
    visitor,
    now: clock.now().toISOString(),
  })
}
