import { existsSync, rmSync } from 'node:fs'
import type { DatabaseFile } from '../../database/database.ts'
import { databasesAside } from '../../database/databases-aside.ts'
import { type Connection, openConnection } from '../../database/open.ts'
import { safeCopies } from '../../database/safe-copy.ts'
import { keysAside } from '../../keys/restored-keys.ts'
import type { ErasureOrder } from './erase.ts'
import { forgetImages } from './forget-images.ts'
import { installationIn, isSame, type KeptOrder, keepOrders, keptOrders, ordersIn } from './orders-file.ts'

type OpenDatabase = Pick<DatabaseFile, 'path' | 'key' | 'connection'>

/**
 * To be called once the erasure is on the disk: nothing of the person may stay in the log of the database, in the copies
 * from before updates, or in what a restore has put aside, and a restore must not bring them back. An order in the file
 * says that all of it is done, so the file comes last, and a start after a crash does what is missing.
 */
export function finishErasure(database: OpenDatabase, order: ErasureOrder) {
  const kept = { ...order, installation: installationIn(database.connection) }
  forgetOldPages(database, kept)
  keepOrders(database.path, [kept])
}

/**
 * What was deleted stands in the log of the database until it is emptied, in the copies from before updates, in what the
 * centre was sent and has, and in what a restore has put aside. Of the last, only that stays which knows the order about
 * whoever was erased.
 */
export function forgetOldPages({ path, key, connection }: OpenDatabase, order?: KeptOrder) {
  forgetImages(connection)
  connection.exec(
    `UPDATE sync_state SET erased_through = change;
    DELETE FROM sync_bodies WHERE number IN (SELECT number FROM sync_outbox WHERE acknowledged_at IS NOT NULL)`,
  )
  for (const copy of safeCopies(path)) rmSync(copy)
  for (const aside of databasesAside(path)) {
    if (!order || !isClean(aside, key, order)) removeAside(aside)
  }
  connection.pragma('wal_checkpoint(TRUNCATE)')
}

/** Whether the person was erased in this database too. Afterwards its log holds nothing of them either. */
function isClean(path: string, key: Buffer, order: KeptOrder): boolean {
  try {
    const connection = openConnection(path, key)
    try {
      connection.pragma('wal_checkpoint(TRUNCATE)')
      return ordersIn(connection).some((known) => isSame(known, order))
    } finally {
      connection.close()
    }
  } catch {
    return false
  }
}

function removeAside(path: string) {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(path + end, { force: true })
  for (const key of keysAside(path)) rmSync(key, { force: true })
}

export function unfinishedIn({ path, connection }: Omit<OpenDatabase, 'key'>): KeptOrder[] {
  const finished = keptOrders(path)
  return ordersIn(connection).filter((order) => !finished.some((kept) => isSame(kept, order)))
}

/**
 * Before another database takes the place of the present one, which nobody may have opened since an erasure was cut off:
 * finishes that, so that what goes aside is clean and its orders are met again. Those of the other one are done in it.
 */
export function keepOrdersOverRestore(path: string, key: Buffer, replacement: Connection) {
  if (existsSync(path)) {
    whereItOpens(path, key, (connection) => {
      for (const order of unfinishedIn({ path, connection })) finishErasure({ path, key, connection }, order)
    })
  }
  keepOrders(path, ordersIn(replacement))
}

/** A present database that this key does not open, or that is damaged, tells nothing. */
function whereItOpens(path: string, key: Buffer, work: (connection: Connection) => void) {
  let connection: Connection
  try {
    connection = openConnection(path, key)
  } catch {
    return
  }
  try {
    work(connection)
  } finally {
    connection.close()
  }
}
