import { Worker } from 'node:worker_threads'
import * as z from 'zod'
import type { Job, WorkerInput } from './worker.ts'

const Message = z.union([z.object({ point: z.string() }), z.object({ result: z.unknown() })])

export interface RunningJob {
  result: Promise<unknown>
  /** Takes effect at the next point; `result` then rejects. */
  stop(): void
}

/** Runs the job in a thread of its own, so that nobody waits for it. From a bundle the worker is a file beside it. */
export function runJob(job: Job, onPoint: (point: string) => void = () => {}): RunningJob {
  const stop = new SharedArrayBuffer(1)
  const input: WorkerInput = { job, stop }
  const place = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './backup-worker.js', import.meta.url)
  const worker = new Worker(place, { workerData: input, stdin: false })
  const result = new Promise<unknown>((resolve, reject) => {
    let outcome: { result?: unknown } = {}
    worker.on('message', (message: unknown) => {
      const parsed = Message.parse(message)
      if ('point' in parsed) onPoint(parsed.point)
      else outcome = parsed
    })
    worker.once('error', reject)
    worker.once('exit', (code) => {
      if (code === 0) resolve(outcome.result)
      else reject(new Error(`The work ended with ${code}.`))
    })
  })
  return { result, stop: () => void Atomics.store(new Uint8Array(stop), 0, 1) }
}
