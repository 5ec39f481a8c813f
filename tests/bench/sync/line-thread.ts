import { once } from 'node:events'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import * as z from 'zod'
import { countOf, type LineOptions, newCounts, startLine } from './line.ts'

const Input = z.object({ to: z.int(), counts: z.instanceof(BigInt64Array) })
const Started = z.object({ port: z.int() })

/** A line in a thread of its own, as in life it is outside of the devices: it carries while they write to their disks. */
export async function startLineThread(to: number) {
  const counts = newCounts()
  const thread = new Worker(new URL(import.meta.url), { workerData: { to, counts } })
  const [started] = await once(thread, 'message')
  return {
    ...Started.parse(started),
    /** Since it was started. */
    counted: () => ({
      up: countOf(counts, 'up'),
      down: countOf(counts, 'down'),
      cuts: countOf(counts, 'cuts'),
      lost: countOf(counts, 'lost'),
    }),
    /** From now on, for connections that are there too. */
    become: (quality: LineOptions) => thread.postMessage(quality),
    async [Symbol.asyncDispose]() {
      const gone = once(thread, 'exit')
      thread.postMessage('end')
      await gone
    },
  }
}

async function carry({ to, counts }: z.infer<typeof Input>) {
  const line = await startLine(to, counts)
  parentPort?.on('message', async (message: LineOptions | 'end') => {
    if (message !== 'end') return line.become(message)
    await line[Symbol.asyncDispose]()
    parentPort?.close()
  })
  parentPort?.postMessage({ port: line.port })
}

if (!isMainThread) await carry(Input.parse(workerData))
