import { join } from 'node:path'
import { systemClock } from '../../main/clock.ts'
import { openDatabase } from '../../main/database/database.ts'
import { keyFile } from '../../main/database/key.ts'
import { carryContents } from '../../main/sync/contents/carry.ts'
import { contentLine } from '../../main/sync/contents/line.ts'
import type { ContentWay } from '../../main/sync/contents/wire.ts'
import { replicaOf } from '../../main/sync/replica.ts'
import { askParent } from './ask-parent.ts'
import './keep-compiled.ts'

/** Carries the contents of files to and from the centre of its parent until they are whole, or it is killed. */
const [folder = ''] = process.argv.slice(2)

const way: ContentWay = {
  have: (request) => askParent('have', request),
  put: (request) => askParent('put', request),
  get: (request) => askParent('get', request),
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
