import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { systemClock } from '../../main/clock.ts'
import { openDatabase } from '../../main/database/database.ts'
import { mintId } from '../../main/database/ids.ts'
import { keyFile } from '../../main/database/key.ts'
import { replicaOf } from '../../main/sync/replica.ts'
import { runRound } from '../../main/sync/round.ts'
import { noticeOwnLife } from '../../main/sync/site-file.ts'
import type { Transport } from '../../main/sync/wire.ts'
import { askParent } from './ask-parent.ts'
import './keep-compiled.ts'

/** Writes, says what is saved, and agrees with the centre of its parent, again and again until it is killed. */
const [folder = '', organization = ''] = process.argv.slice(2)

const transport: Transport = {
  hello: (request) => askParent('hello', request),
  push: (envelope) => askParent('push', envelope),
  pull: (request) => askParent('pull', request),
  close: async () => {},
}

const path = join(folder, 'bdc.db')
const database = await openDatabase(path, keyFile(join(folder, 'bdc.key')))
noticeOwnLife(database)
const replica = replicaOf(database.connection)
const insert = database.connection.prepare('INSERT INTO groups (id, organization_id, name) VALUES (?, ?, ?)')
const rename = database.connection.prepare('UPDATE groups SET description = ? WHERE id = ?')
process.send?.({ ready: true })

let last: number | undefined
for (let turn = 1; ; turn += 1) {
  const saved = await database.write(async (db) => {
    const id = await mintId(db, 'groups')
    insert.run(id, Number(organization), `group ${id}`)
    if (last !== undefined) rename.run(`after ${last}`, last)
    return id
  })
  process.send?.({ saved, described: last })
  last = saved
  if (turn % 2 === 0) {
    await runRound({
      replica,
      transport,
      clock: systemClock,
      random: randomBytes,
      app: 'test',
      writeRows: 7,
      pullRows: 20,
    })
  }
}
