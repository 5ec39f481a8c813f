import { isMainThread, parentPort, workerData } from 'node:worker_threads'
import type { Cell } from './cells.ts'
import { type SheetFormat, type TableFile, tableFile } from './table-file.ts'

/** What the thread is told, one after the other; `write` comes last. */
export type ToTableThread = { rows: Cell[][] } | { write: { title: string; format: SheetFormat; columns: string[] } }

export type WrittenTable = TableFile & { rows: number }

/** What says that this thread was started to write, and not that some other one has loaded this file for its types. */
export const tableMark = 'bdc writes tables'

if (!isMainThread && workerData === tableMark) listen()

function listen() {
  const rows: Cell[][] = []
  parentPort?.on('message', (told: ToTableThread) => {
    if ('rows' in told) rows.push(...told.rows)
    else void write(told.write)
  })

  async function write({ title, format, columns }: Extract<ToTableThread, { write: unknown }>['write']) {
    const file = await tableFile(title, format, [{ name: '', columns, rows }])
    parentPort?.postMessage({ ...file, rows: rows.length } satisfies WrittenTable)
    parentPort?.close()
  }
}
