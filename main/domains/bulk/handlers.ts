import { setImmediate } from 'node:timers/promises'
import type { BeginBulk, BulkJob } from '../../../shared/contract/bulk.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { type Actor, organizationOf } from '../../actor.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import { type Job, type JobOptions, newJob, runJob, type Work } from './job.ts'
import { deleteSomeOld, dismissJobs, insertJob, type JobRow, jobsOf } from './queries.ts'
import { changing, takingBack } from './work.ts'

/** So many of one person are kept, for a day. */
const mostJobs = 5
const dayMs = 24 * 3_600_000
const rowsAtOnce = 500

/** The same change to many rows, one job of a person at a time. */
export function bulkOf(options: JobOptions) {
  const { database, clock, onFailure } = options
  /** Those that were begun since the program started, by their ids. */
  const begun = new Map<string, Job>()
  const running = new Set<Promise<unknown>>()
  const dayAgo = () => new Date(clock.now().getTime() - dayMs).toISOString()

  function behind(work: Promise<unknown>) {
    const run = work.catch(onFailure).finally(() => running.delete(run))
    running.add(run)
  }
  /** Of jobs that are over, as far as nobody can take them back any more. */
  async function forgetOld() {
    const except = [...begun.values()].filter(({ state }) => state === 'running').map(({ id }) => id)
    const which = { before: dayAgo(), except, limit: rowsAtOnce }
    while (await database.write((db) => deleteSomeOld(db, which))) await setImmediate()
  }
  async function ownJobs(db: Reader, actor: Actor): Promise<Shown[]> {
    const rows = await jobsOf(db, ownerOf(actor), dayAgo())
    return rows.map((row) => shown(row, begun.get(row.id)))
  }
  async function known(db: Reader, actor: Actor, id: string): Promise<Shown> {
    const job = (await ownJobs(db, actor)).find((one) => one.id === id)
    if (!job) throw new Refusal('notFound', 'bulk.notFound')
    return job
  }
  async function add({ db, actor, visitor, now, afterwards }: WriteContext, work: Work) {
    const own = await ownJobs(db, actor)
    if (own.some(({ state }) => state === 'running')) throw new Refusal('conflict', 'bulk.isRunning')
    const job = newJob(work, actor, visitor)
    await insertJob(db, { ...ownerOf(actor), ...job }, now)
    const old = own.slice(mostJobs - 1).map(({ id }) => id)
    await dismissJobs(db, old)
    afterwards(() => {
      for (const id of old) begun.delete(id)
      begun.set(job.id, job)
      behind(runJob(options, job).then(forgetOld))
    })
    return { id: job.id }
  }

  return {
    handlers: {
      async begin(context: WriteContext, input: BeginBulk) {
        const work = await changing(options, context, input)
        context.about(null, { list: input.list, ...detailsOf(input.change) })
        return add(context, work)
      },

      async jobs({ db, actor }: ReadContext) {
        return ownJobs(db, actor)
      },

      async cancel({ db, actor, about }: WriteContext, { id }: { id: string }) {
        const { list, kind } = await known(db, actor, id)
        const job = begun.get(id)
        if (job) job.stopping ??= 'cancelled'
        about(null, { list, kind })
        return {}
      },

      async undo(context: WriteContext, { id }: { id: string }) {
        const job = await known(context.db, context.actor, id)
        if (!job.mayUndo) throw new Refusal('conflict', 'bulk.notUndone')
        context.about(null, { list: job.list, kind: job.kind })
        return add(context, takingBack(options, job))
      },

      async dismiss({ db, actor, afterwards }: WriteContext, { id }: { id: string }) {
        const job = await known(db, actor, id)
        if (job.state === 'running') throw new Refusal('conflict', 'bulk.isRunning')
        await dismissJobs(db, [id])
        afterwards(() => {
          begun.delete(id)
          behind(forgetOld())
        })
        return {}
      },
    },
    forgetOld,
    async stop() {
      for (const job of begun.values()) job.stopping ??= 'interrupted'
      await Promise.all(running)
    },
  }
}

type Shown = BulkJob

function ownerOf(actor: Actor) {
  const { userId } = actor
  if (userId === null) throw new Refusal('unauthenticated', 'door.signInFirst')
  return { userId, organizationId: organizationOf(actor) }
}

/** What is kept of a job, and of one that was begun since the program started whom it left out and how far it is. */
function shown({ hasRows, ...row }: JobRow, job: Job | undefined): Shown {
  const live = job
    ? { state: job.state, total: job.total, reached: job.reachedRows, changed: job.changed, refusals: job.refusals }
    : row.state === 'running' && { state: 'interrupted' as const, total: row.total ?? 0 }
  const all = { ...row, ...live }
  return { ...all, refused: job?.refused ?? [], mayUndo: all.state !== 'running' && !row.isUndo && hasRows }
}

/** What they are changed to, as far as the log can say it in a word. */
function detailsOf(change: BeginBulk['change']): Record<string, string | number | boolean | null> {
  return { ...change }
}
