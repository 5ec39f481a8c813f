import type { Id } from '../../../shared/contract/base.ts'
import type { BeginBulk, BulkJob } from '../../../shared/contract/bulk.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { Actor } from '../../actor.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import { documentChange } from './document-changes.ts'
import { rowsMeant } from './gather.ts'
import { type Job, type JobOptions, newJob, runJob, type Work } from './job.ts'
import { peopleChange } from './people-changes.ts'

/** So many of one person are remembered: what can be taken back is in memory, as it is in the calendar. */
const mostJobs = 5

/** The same change to many rows, one job of a person at a time. */
export function bulkOf(options: JobOptions) {
  const jobs: Job[] = []
  const running = new Set<Promise<void>>()

  function start(job: Job) {
    const run = runJob(options, job).finally(() => running.delete(run))
    running.add(run)
  }
  function add({ actor, visitor, afterwards }: WriteContext, work: Work) {
    const own = jobs.filter((job) => isOf(actor, job))
    if (own.some(({ state }) => state === 'running')) throw new Refusal('conflict', 'bulk.isRunning')
    const job = newJob(work, actor, visitor)
    afterwards(() => {
      for (const old of own.slice(mostJobs - 1)) jobs.splice(jobs.indexOf(old), 1)
      jobs.unshift(job)
      start(job)
    })
    return { id: job.id }
  }

  return {
    handlers: {
      async begin(context: WriteContext, input: BeginBulk) {
        const change = input.list === 'people' ? peopleChange(input.change) : documentChange(input.change)
        await change.check?.(context)
        const { database, clock } = options
        const rows = () => rowsMeant(database.reader, context.actor, input, clock.now().toISOString())
        const { list } = input
        const { kind } = input.change
        context.about(null, { list, kind, ...detailsOf(input.change) })
        return add(context, { list, kind, isUndo: false, rows, apply: change.apply })
      },

      async jobs({ actor }: ReadContext) {
        return jobs.filter((job) => isOf(actor, job)).map(shown)
      },

      async cancel({ actor, about }: WriteContext, { id }: { id: string }) {
        const job = known(jobs, actor, id)
        job.isCancelled = true
        about(null, { list: job.list, kind: job.kind })
        return {}
      },

      async undo(context: WriteContext, { id }: { id: string }) {
        const job = known(jobs, context.actor, id)
        if (!mayUndo(job)) throw new Refusal('conflict', 'bulk.notUndone')
        const { list, kind, takeBack } = job
        context.about(null, { list, kind })
        return add(context, {
          list,
          kind,
          isUndo: true,
          rows: () => pagesOf([...takeBack.keys()]),
          apply: async (row, rowId) => {
            await takeBack.get(rowId)?.(row)
            return nothing
          },
          // What is stopped on the way back can be gone on with.
          onReached: (ids) => ids.forEach((one) => takeBack.delete(one)),
        })
      },

      async dismiss({ actor, afterwards }: WriteContext, { id }: { id: string }) {
        const job = known(jobs, actor, id)
        if (job.state === 'running') throw new Refusal('conflict', 'bulk.isRunning')
        afterwards(() => void jobs.splice(jobs.indexOf(job), 1))
        return {}
      },
    },
    async stop() {
      for (const job of jobs) job.isCancelled = true
      await Promise.all(running)
    },
  }
}

/** What was taken back is not taken back again: it can be done again instead. */
const nothing = async () => undefined

async function* pagesOf(ids: Id[]) {
  yield ids
}

/** Somebody else's is reported as missing. */
function known(jobs: readonly Job[], actor: Actor, id: string): Job {
  const job = jobs.find((one) => one.id === id && isOf(actor, one))
  if (!job) throw new Refusal('notFound', 'bulk.notFound')
  return job
}

function isOf({ userId, organizationId }: Actor, { actor }: Job): boolean {
  return actor.userId === userId && actor.organizationId === organizationId
}

function mayUndo({ state, isUndo, takeBack }: Job): boolean {
  return state !== 'running' && !isUndo && takeBack.size > 0
}

function shown(job: Job): BulkJob {
  const { id, list, kind, state, isUndo, total, reached, changed, refusals, refused } = job
  return { id, list, kind, state, isUndo, total, reached, changed, refusals, refused, mayUndo: mayUndo(job) }
}

/** What they are changed to, as far as the log can say it in a word. */
function detailsOf(change: BeginBulk['change']): Record<string, string | number | boolean | null> {
  const { kind: _, ...to } = change
  return to
}
