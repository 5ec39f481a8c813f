import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import PouchDB from 'pouchdb'
import * as z from 'zod'
import { effortOf } from './effort.ts'
import type { Doc, PeerResult } from './peer.ts'

const Started = z.object({ origin: z.string() })
const Bytes = z.object({ bytesUp: z.number(), bytesDown: z.number() })

/** As many documents of one batch as it takes by itself, and as many as were fastest here. */
export const batchSizes = { own: 100, fastest: 1000 } as const

/** Two machines with LevelDB, which it writes without fsync, and express-pouchdb with LevelDB between them, over HTTP. */
export async function throughPouchDB(docs: Doc[], batchSize: number): Promise<PeerResult> {
  const options = { batch_size: batchSize, batches_limit: 10 }
  const folder = mkdtempSync(join(tmpdir(), 'bdc-bench-pouchdb-'))
  const Device = PouchDB.defaults({ prefix: join(folder, 'device-') })
  const workerData = { prefix: join(folder, 'server-') }
  const server = new Worker(new URL('./pouchdb-thread.ts', import.meta.url), { workerData })
  const [started] = await once(server, 'message')
  const remote = new PouchDB(`${Started.parse(started).origin}/bench`)
  const [one, other] = [new Device('one'), new Device('other')]
  for (let from = 0; from < docs.length; from += 5000) {
    await one.bulkDocs(docs.slice(from, from + 5000).map(({ name, ...rest }) => ({ _id: name, ...rest })))
  }
  let rows = 0
  const up = await effortOf(() => one.replicate.to(remote, options))
  const down = await effortOf(async () => {
    rows = (await other.replicate.from(remote, options)).docs_written
  })
  for (const database of [remote, one, other]) await database.close()
  const gone = once(server, 'exit')
  server.postMessage('end')
  const [counted] = await once(server, 'message')
  await gone
  rmSync(folder, { recursive: true, force: true })
  return { up, down, rows, ...Bytes.parse(counted) }
}
