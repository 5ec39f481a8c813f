import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as z from 'zod'
import type { DatabaseFile } from '../database/database.ts'
import { writeDurably } from '../database/write-durably.ts'
import { beginNewLife, NoSpareSite, type Random } from './lives.ts'
import { membershipOf } from './membership.ts'
import { inOneWrite, type Replica, replicaOf } from './replica.ts'

const SiteFile = z.object({
  incarnation: z.string(),
  /** Another one after each restore. */
  epoch: z.string().nullable(),
  openings: z.int().nonnegative(),
})
export type SiteFile = z.infer<typeof SiteFile>

/** Beside the database, so that another state of it that takes its place is noticed. */
function pathOf(databasePath: string): string {
  return join(dirname(databasePath), 'bdc.site')
}

export function keepSiteFile(databasePath: string, site: SiteFile) {
  writeDurably(pathOf(databasePath), `${JSON.stringify(site)}\n`)
}

function readSiteFile(databasePath: string): SiteFile | undefined {
  if (!existsSync(pathOf(databasePath))) return undefined
  return SiteFile.safeParse(jsonOf(readFileSync(pathOf(databasePath), 'utf8'))).data
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Before anything else is written. */
export function noticeOwnLife({ connection, path }: Pick<DatabaseFile, 'connection' | 'path'>) {
  const isEnrolled = connection.prepare('SELECT 1 FROM sync_state').get() !== undefined
  if (isEnrolled) noticeLife(replicaOf(connection), path, randomBytes)
}

/**
 * At every opening, before anything is written: a database that was restored or copied begins a life of its own. Killed in
 * between, the next opening finds the database ahead of the file, which is in order.
 */
export function noticeLife(replica: Replica, databasePath: string, random: Random): 'same' | 'new' | 'stuck' {
  if (!membershipOf(replica)) return 'same'
  const here = describe(replica)
  const beside = readSiteFile(databasePath)
  const isSame =
    beside?.incarnation === here.incarnation && beside.epoch === here.epoch && beside.openings <= here.openings
  const outcome = isSame ? 'same' : startOver(replica, random)
  inOneWrite(replica, () => replica.prepared('UPDATE sync_state SET openings = openings + 1').run())
  if (outcome !== 'stuck') keepSiteFile(databasePath, describe(replica))
  return outcome
}

/**
 * After a round in which it took a site of its own: the next opening knows it by that, and an older state of it that takes its
 * place is noticed. Killed in between, that opening takes one more.
 */
export function keepOwnSite(replica: Replica) {
  const { memory, name } = replica.connection
  if (!memory) keepSiteFile(name, describe(replica))
}

function startOver(replica: Replica, random: Random): 'new' | 'stuck' {
  try {
    beginNewLife(replica, random)
    return 'new'
  } catch (error) {
    if (!(error instanceof NoSpareSite)) throw error
    replica.prepared(`UPDATE sync_state SET status = 'stuck'`).run()
    return 'stuck'
  }
}

function describe({ prepared }: Replica): SiteFile {
  const row = prepared<SiteFile>('SELECT incarnation, epoch, openings FROM sync_state, local_site').get()
  return SiteFile.parse(row)
}
