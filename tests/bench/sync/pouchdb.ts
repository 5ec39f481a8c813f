import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import expressPouchDB from 'express-pouchdb'
import PouchDB from 'pouchdb'
import { effortOf } from './effort.ts'
import { countingServer, type Doc, type PeerResult } from './peer.ts'

/** Its own choice is 100 and 10; larger ones are faster here. */
const options = { batch_size: 1000, batches_limit: 10 }

/** Two machines with LevelDB, which it writes without fsync, and express-pouchdb with LevelDB between them, over HTTP. */
export async function throughPouchDB(docs: Doc[]): Promise<PeerResult> {
  const folder = mkdtempSync(join(tmpdir(), 'bdc-bench-pouchdb-'))
  const Device = PouchDB.defaults({ prefix: join(folder, 'device-') })
  const Server = PouchDB.defaults({ prefix: join(folder, 'server-') })
  const server = await countingServer(expressPouchDB(Server, { mode: 'minimumForPouchDB', inMemoryConfig: true }))
  const remote = new PouchDB(`${server.origin}/bench`)
  const [one, other] = [new Device('one'), new Device('other')]
  for (let from = 0; from < docs.length; from += 5000) {
    await one.bulkDocs(docs.slice(from, from + 5000).map(({ name, ...rest }) => ({ _id: name, ...rest })))
  }
  let rows = 0
  const up = await effortOf(() => one.replicate.to(remote, options))
  const down = await effortOf(async () => {
    rows = (await other.replicate.from(remote, options)).docs_written
  })
  const bytes = server.bytes()
  for (const database of [remote, one, other]) await database.close()
  await server.close()
  rmSync(folder, { recursive: true, force: true })
  return { up, down, rows, ...bytes }
}
