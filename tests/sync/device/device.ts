import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { systemClock } from '../../../main/clock.ts'
import { openDatabase } from '../../../main/database/database.ts'
import { mintId } from '../../../main/database/ids.ts'
import { keyFile } from '../../../main/database/key.ts'
import type { TableName } from '../../../main/database/registry.ts'
import { toStored } from '../../../main/database/values.ts'
import { enrolDatabase, type Identity, newIdentity } from '../../../main/sync/enrol.ts'
import { type Replica, replicaOf } from '../../../main/sync/replica.ts'
import { type RoundOptions, runRound } from '../../../main/sync/round.ts'
import type { Enrolment, Transport } from '../../../main/sync/wire.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { putNewData } from '../../support/new-data.ts'
import type { Row } from '../../support/rows.ts'
import { organizationId } from './small-centre.ts'

/** What a device needs of a centre. */
export interface DeviceCentre {
  enrol(): Enrolment
  transport(): Transport
  identity?: Identity
}

export type Device = Awaited<ReturnType<typeof openedDevice>>

/** A database that stood alone and empty, and is one of the centre's now. */
export async function enrolledDevice(centre: DeviceCentre, place?: string) {
  const folder = place ?? temporaryFolder()
  if (place === undefined) await putNewData(folder)
  const database = await openDatabase(join(folder, 'bdc.db'), keyFile(join(folder, 'bdc.key')))
  const identity = centre.identity ?? newIdentity()
  await enrolDatabase({ database, enrolment: centre.enrol(), identity, clock: systemClock, by: null })
  await database.close()
  return openedDevice(folder, centre)
}

export async function openedDevice(folder: string, centre: Pick<DeviceCentre, 'transport'>) {
  const path = join(folder, 'bdc.db')
  const database = await openDatabase(path, keyFile(join(folder, 'bdc.key')))
  let isOpen = true
  async function close() {
    if (isOpen) await database.close()
    isOpen = false
  }
  onTestFinished(close)
  const replica = replicaOf(database.connection)
  const transport = centre.transport()
  const organization = replica.prepared<number>('SELECT organization_id FROM sync_state').pluck().get()

  /** A write as the program makes it: a minted id, one transaction. */
  async function insert(table: TableName, row: Row): Promise<number> {
    return database.write(async (db) => {
      const id = await mintId(db, table)
      put(replica, table, { organization_id: organization ?? organizationId, ...row, id })
      return id
    })
  }

  return {
    folder,
    path,
    database,
    replica,
    transport,
    close,
    insert,
    update: (table: TableName, id: number, values: Row) =>
      database.write(async () => {
        const sets = Object.keys(values).map((column) => `"${column}" = ?`)
        replica
          .prepared(`UPDATE ${table} SET ${sets.join(', ')} WHERE id = ?`)
          .run(...Object.values(values).map(toStored), id)
      }),
    remove: (table: TableName, id: number) =>
      database.write(async () => void replica.prepared(`DELETE FROM ${table} WHERE id = ?`).run(id)),
    row: (table: TableName, id: number) => replica.prepared<Row>(`SELECT * FROM ${table} WHERE id = ?`).get(id),
    all: (table: TableName) => replica.prepared<Row>(`SELECT * FROM ${table} ORDER BY id`).all(),
    one: <T = unknown>(sql: string, ...values: unknown[]) =>
      replica
        .prepared<T>(sql)
        .pluck()
        .get(...values),
    round: (options: Partial<RoundOptions> = {}) =>
      runRound({ replica, transport, clock: systemClock, random: randomBytes, app: 'test', ...options }),
  }
}

export function put(replica: Replica, table: TableName, row: Row) {
  const names = Object.keys(row)
  replica
    .prepared(
      `INSERT INTO ${table} (${names.map((name) => `"${name}"`).join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
    )
    .run(...Object.values(row).map(toStored))
}

let people = 0

/** A person with an account and a file. */
export async function insertPerson(device: Device, name: string) {
  people += 1
  const userId = await device.insert('users', {
    email: `person-${people}@centre.example`,
    password_hash: '!',
    name,
    role: 'student',
  })
  const id = await device.insert('beneficiaries', { user_id: userId, notes: null })
  return { id, userId }
}

/** Two rounds of each, after which all of them know of everything. */
export async function agree(...devices: Device[]) {
  for (const device of [...devices, ...devices]) expect(await device.round()).toBe('done')
}
