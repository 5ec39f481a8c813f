import { Worker } from 'node:worker_threads'
import { answerOf } from '../answering-thread.ts'
import type { Cell } from './cells.ts'
import type { SheetFormat } from './table-file.ts'
import { type ToTableThread, tableMark, type WrittenTable } from './table-thread.ts'

interface LongTable {
  title: string
  format: SheetFormat
  columns: string[]
  /** Some at a time, so that nobody waits for the reading either. */
  rows: AsyncIterable<Cell[][]>
}

/** Writes a long table in a thread of its own: fifty thousand rows take seconds. From a bundle the thread is a file beside it. */
export async function tableElsewhere({ rows, ...write }: LongTable): Promise<WrittenTable> {
  const isBundled = !import.meta.url.endsWith('.ts')
  const place = new URL(isBundled ? './table-writer.js' : './table-thread.ts', import.meta.url)
  const writer = new Worker(place, { workerData: tableMark, stdin: false })
  const tell = (told: ToTableThread) => writer.postMessage(told)
  return answerOf(writer, async () => {
    for await (const some of rows) tell({ rows: some })
    tell({ write })
  })
}
