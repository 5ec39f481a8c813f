import { join } from 'node:path'
import { systemClock } from '../../main/clock.ts'
import { openDatabase } from '../../main/database/database.ts'
import { keyFile } from '../../main/database/key.ts'
import { carryContents } from '../../main/sync/contents/carry.ts'
import { contentLine } from '../../main/sync/contents/line.ts'
import type { ContentWay } from '../../main/sync/contents/wire.ts'
import { replicaOf } from '../../main/sync/replica.ts'

/** Carries the contents of files to and from the centre of its parent until they are whole, or it is killed. */
const [folder = ''] = process.argv.slice(2)

const open = new Map<number, (reply: unknown) => void>()
let asked = 0
process.on('message', ({ id, reply }: { id: number; reply: unknown }) => {
  open.get(id)?.(reply)
  open.delete(id)
})

function ask<T>(call: string, input: unknown): Promise<T> {
  asked += 1
  const id = asked
  return new Promise((resolve) => {
    open.set(id, (reply) => resolve(reply as T))
    process.send?.({ id, call, input })
  })
}

const way: ContentWay = {
  have: (request) => ask('have', request),
  put: (request) => ask('put', request),
  get: (request) => ask('get', request),
}

const database = await openDatabase(join(folder, 'bdc.db'), keyFile(join(folder, 'bdc.key')))
await carryContents({
  replica: replicaOf(database.connection),
  way,
  line: contentLine({ wait: async () => {}, isOver: () => false }),
  clock: systemClock,
  freeBytes: () => Number.MAX_SAFE_INTEGER,
})
await database.close()
process.disconnect()
