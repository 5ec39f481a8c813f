import { isMainThread, parentPort, workerData } from 'node:worker_threads'
import expressPouchDB from 'express-pouchdb'
import PouchDB from 'pouchdb'
import * as z from 'zod'
import { countingServer } from './peer.ts'

/** The server of PouchDB in a thread of its own, as the other centre of the same bench has one. */
export const PouchServerInput = z.object({ prefix: z.string() })

async function serve({ prefix }: z.infer<typeof PouchServerInput>) {
  const server = await countingServer(
    expressPouchDB(PouchDB.defaults({ prefix }), { mode: 'minimumForPouchDB', inMemoryConfig: true }),
  )
  parentPort?.on('message', async () => {
    parentPort?.postMessage(server.bytes())
    await server.close()
    parentPort?.close()
  })
  parentPort?.postMessage({ origin: server.origin })
}

if (!isMainThread) await serve(PouchServerInput.parse(workerData))
