import { text } from 'node:stream/consumers'
import { createRxDatabase, type RxCollection } from 'rxdb'
import { replicateRxCollection } from 'rxdb/plugins/replication'
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory'
import { type Effort, effortOf } from './effort.ts'
import { countingServer, type Doc, type PeerResult } from './peer.ts'

const schema = {
  version: 0,
  primaryKey: 'name',
  type: 'object',
  properties: { name: { type: 'string', maxLength: 40 }, table: { type: 'number' }, values: { type: 'object' } },
  required: ['name', 'table', 'values'],
} as const

interface Checkpoint {
  place: number
}

type Sent = Doc & { _deleted: boolean }

const batchSize = 1000

/**
 * Two machines and a server, all three in memory: its free storages that last need a browser or another server, and its trial
 * of SQLite ends at 500 documents. The server is a list behind HTTP with the handlers that its documentation asks for.
 */
export async function throughRxDB(docs: Doc[]): Promise<PeerResult> {
  const kept: Sent[] = []
  const server = await countingServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    response.setHeader('content-type', 'application/json')
    if (pathname === '/push') {
      const rows: { newDocumentState: Sent }[] = JSON.parse(await text(request))
      for (const { newDocumentState } of rows) kept.push(newDocumentState)
      return response.end('[]')
    }
    const place = Number(searchParams.get('place'))
    const documents = kept.slice(place, place + batchSize)
    return response.end(JSON.stringify({ documents, checkpoint: { place: place + documents.length } }))
  })
  const [one, other] = [await collectionOf('one'), await collectionOf('other')]
  for (let from = 0; from < docs.length; from += 5000) await one.bulkInsert(docs.slice(from, from + 5000))
  const up = await replicated(one, {
    push: {
      batchSize,
      async handler(rows) {
        const answer = await fetch(`${server.origin}/push`, { method: 'POST', body: JSON.stringify(rows) })
        return answer.json()
      },
    },
  })
  const down = await replicated(other, {
    pull: {
      batchSize,
      async handler(checkpoint) {
        const answer = await fetch(`${server.origin}/pull?place=${checkpoint?.place ?? 0}`)
        return answer.json()
      },
    },
  })
  const rows = await other.count().exec()
  const bytes = server.bytes()
  for (const collection of [one, other]) await collection.database.close()
  await server.close()
  return { up, down, rows, ...bytes }
}

async function collectionOf(name: string): Promise<RxCollection<Doc>> {
  const database = await createRxDatabase({ name, storage: getRxStorageMemory(), multiInstance: false })
  const { rows } = await database.addCollections({ rows: { schema } })
  return rows
}

type Ways = Pick<Parameters<typeof replicateRxCollection<Doc, Checkpoint>>[0], 'push' | 'pull'>

function replicated(collection: RxCollection<Doc>, ways: Ways): Promise<Effort> {
  return effortOf(async () => {
    const state = replicateRxCollection<Doc, Checkpoint>({
      replicationIdentifier: 'bench',
      collection,
      live: false,
      ...ways,
    })
    const failures: unknown[] = []
    state.error$.subscribe((error) => failures.push(error))
    await state.awaitInitialReplication()
    if (failures.length > 0) throw failures[0]
  })
}
