import { randomBytes } from 'node:crypto'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { systemClock } from '../../../main/clock.ts'
import { type Connection, openConnection } from '../../../main/database/open.ts'
import { registry } from '../../../main/database/registry.ts'
import { type Replica, replicaOf } from '../../../main/sync/replica.ts'
import { runRound } from '../../../main/sync/round.ts'
import { noticeLife } from '../../../main/sync/site-file.ts'
import type { Transport } from '../../../main/sync/wire.ts'
import { temporaryFolder } from '../../support/folder.ts'
import type { Device } from './device.ts'
import type { SmallCentre } from './small-centre.ts'

/** The file as it is on the disk now, with nothing left in its log. */
export function backUp(device: Device): string {
  device.database.connection.pragma('wal_checkpoint(TRUNCATE)')
  const folder = temporaryFolder()
  copyFileSync(device.path, join(folder, 'bdc.db'))
  copyFileSync(join(device.folder, 'bdc.site'), join(folder, 'bdc.site'))
  return folder
}

export interface Opened {
  connection: Connection
  replica: Replica
  life: ReturnType<typeof noticeLife>
}

/** The database of a folder as another program opens it. */
export function opened(folder: string, device: Device): Opened {
  const connection = openConnection(join(folder, 'bdc.db'), device.database.key)
  onTestFinished(() => void connection.close())
  const replica = replicaOf(connection)
  return { connection, replica, life: noticeLife(replica, join(folder, 'bdc.db'), randomBytes) }
}

export function insertGroup(connection: Connection, name: string): number {
  const site = Number(connection.prepare('SELECT site FROM local_site').pluck().get())
  const minted = connection.prepare(
    `UPDATE id_counters SET next = next + 1 WHERE table_name = 'groups' RETURNING next - 1`,
  )
  const id = site * 2 ** 32 + Number(minted.pluck().get())
  connection
    .prepare('INSERT INTO groups (id, organization_id, name) SELECT ?, organization_id, ? FROM sync_state')
    .run(id, name)
  return id
}

export const roundOf = (replica: Replica, transport: Transport) =>
  runRound({ replica, transport, clock: systemClock, random: randomBytes, app: 'test' })

export const namesAt = (centre: SmallCentre) =>
  [...centre.rows().values()]
    .flatMap(({ state }) => (state.table === registry.groups.number ? [String(state.values['name'])] : []))
    .sort()
