import { randomUUID } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { Id } from '../../../shared/contract/base.ts'
import { type BulkJob, mostRefused } from '../../../shared/contract/bulk.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { type Actor, authenticate } from '../../actor.ts'
import type { Clock } from '../../clock.ts'
import type { Visitor } from '../../context.ts'
import type { DatabaseFile, Writer } from '../../database/database.ts'
import { scopeOf } from '../../scope.ts'
import { logActivity } from '../activity/log.ts'
import { beneficiaryOf } from '../beneficiaries/queries.ts'
import { documentOf } from '../documents/document-queries.ts'
import { documentScope } from '../documents/reach.ts'
import { trashedPerson } from '../people-trash/queries.ts'
import { setProgress } from './queries.ts'
import type { RowContext } from './row-change.ts'

export interface Work {
  list: BulkJob['list']
  kind: BulkJob['kind']
  isUndo: boolean
  /** Pages of rows, gathered before the first one is changed, because the change may move them in the list. */
  rows: () => AsyncIterable<readonly Id[]>
  /** Changes the row at this place among those that are meant; says whether it is different now. */
  apply(context: RowContext, id: Id, place: { job: string; position: number }): Promise<boolean>
  /** Told within each transaction which rows it has come to. */
  reached?(db: Writer, ids: readonly Id[]): Promise<unknown>
}

export interface Job extends Work {
  id: string
  actor: Actor
  visitor: Visitor
  /** Of the session that has begun it: with the session the job ends. */
  token: string | undefined
  state: BulkJob['state']
  total: number | null
  reachedRows: number
  changed: number
  refusals: number
  refused: BulkJob['refused']
  /** Why it is to stop before its end. */
  stopping: 'cancelled' | 'interrupted' | null
}

export interface JobOptions {
  database: DatabaseFile
  clock: Clock
  onFailure: (error: unknown) => void
}

/** Longest that a slice holds the database, in milliseconds: half a frame, because committing it takes a while as well. */
const sliceMs = 8
/** So that the log has each of them: somebody's own field is a change of three rows. */
const mostInSlice = 30
const loggedInSlice = 4 * mostInSlice

export function newJob(work: Work, actor: Actor, visitor: Visitor): Job {
  return {
    ...work,
    id: randomUUID(),
    actor,
    visitor,
    token: visitor.credentials.read(),
    state: 'running',
    total: null,
    reachedRows: 0,
    changed: 0,
    refusals: 0,
    refused: [],
    stopping: null,
  }
}

/** Goes through all rows in slices; what a slice has written is written, whatever comes after it. */
export async function runJob(options: JobOptions, job: Job) {
  const { database, clock, onFailure } = options
  let state: BulkJob['state'] = 'failed'
  try {
    const ids: Id[] = []
    for await (const page of job.rows()) {
      if (job.stopping) break
      ids.push(...page)
    }
    job.total = ids.length
    while (job.reachedRows < ids.length && !job.stopping && (await isStillIn(options, job))) {
      const now = clock.now().toISOString()
      // Counts nothing that is not committed: a slice that fails is undone as a whole.
      const counts = await database.write((db) => loggedSlice(options, job, ids, { db, actor: job.actor, now }))
      Object.assign(job, counts)
      await setImmediate()
    }
    state = job.reachedRows >= ids.length && !job.stopping ? 'done' : (job.stopping ?? 'ended')
  } catch (error) {
    onFailure(error)
  }
  await database.write((db) => note(options, { ...job, state }, db)).catch(onFailure)
  job.state = state
}

/** With a line in the log about everybody whom it has changed, and how far the job is. */
async function loggedSlice({ database, clock }: JobOptions, job: Job, ids: readonly Id[], context: RowContext) {
  const { db, actor, now } = context
  database.changes.start(loggedInSlice)
  const counts = await slice(job, ids, context, clock)
  const changes = database.changes.take()
  await job.reached?.(db, ids.slice(job.reachedRows, counts.reachedRows))
  if (changes.listed.length > 0) {
    await logActivity(db, database.auditKey, {
      actor,
      action: job.isUndo ? 'bulk.tookBackSome' : 'bulk.changedSome',
      resourceId: null,
      details: { list: job.list, kind: job.kind },
      changes,
      visitor: job.visitor,
      now,
    })
  }
  await keep(db, { ...job, ...counts })
  return counts
}

/** As many rows as the time allows, and one at least. */
async function slice(job: Job, ids: readonly Id[], context: RowContext, clock: Clock) {
  const began = clock.monotonic()
  const refused: Job['refused'] = []
  let [reachedRows, changed] = [job.reachedRows, job.changed]
  const last = Math.min(ids.length, reachedRows + mostInSlice)
  do {
    const id = ids[reachedRows] as Id
    try {
      if (await job.apply(context, id, { job: job.id, position: reachedRows })) changed++
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      refused.push({ name: await nameOf(context, job, id), key: error.key, params: error.params })
    }
    reachedRows++
  } while (reachedRows < last && clock.monotonic() - began < sliceMs)
  return {
    reachedRows,
    changed,
    refusals: job.refusals + refused.length,
    refused: [...job.refused, ...refused].slice(0, mostRefused),
  }
}

/** Only of rows that the caller sees: of the others the id alone was known. */
async function nameOf({ db, actor, now }: RowContext, { list }: Job, id: Id): Promise<string | null> {
  if (list === 'documents') return (await documentOf(db, documentScope(actor, now), id))?.filename ?? null
  const scope = scopeOf(actor)
  return ((await beneficiaryOf(db, scope, id)) ?? (await trashedPerson(db, scope, id)))?.name ?? null
}

/** Whoever signs out, or is not what they were, changes nothing any more; a screen that only locked itself does not matter. */
async function isStillIn({ database, clock }: JobOptions, { token, actor }: Job): Promise<boolean> {
  const now = await authenticate(database.reader, token, clock.now())
  return now.userId === actor.userId && now.role === actor.role
}

function keep(db: Writer, { id, state, total, reachedRows: reached, changed, refusals }: Job) {
  return setProgress(db, id, { state, total, reached, changed, refusals })
}

/** One line for all of it. */
async function note({ database, clock }: JobOptions, job: Job, db: Writer) {
  const { actor, visitor, list, kind, changed, refusals, total, state } = job
  await keep(db, job)
  await logActivity(db, database.auditKey, {
    actor,
    action: job.isUndo ? 'bulk.tookBack' : 'bulk.changed',
    resourceId: null,
    details: { list, kind, changed, refused: refusals, of: total, state },
    visitor,
    now: clock.now().toISOString(),
  })
}
