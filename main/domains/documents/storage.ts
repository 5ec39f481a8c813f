import { statfs } from 'node:fs/promises'
import { sql } from 'kysely'
import * as z from 'zod'
import type { Id } from '../../../shared/contract/base.ts'
import { Quota } from '../../../shared/contract/documents.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { organizationById, setOrganizationSettings } from '../organizations/queries.ts'

/** Bytes that an organization may fill where it says nothing. */
const ordinaryQuota = 20 * 1024 ** 3

/** Bytes of the disk that documents leave alone, so that answers can always be saved. */
const leftFree = 512 * 1024 ** 2

const All = z.record(z.string(), z.json()).catch({})
const Stored = z.object({ quota: Quota }).catch({ quota: ordinaryQuota })

/** What counts against the quota: every content by its own size, and what is on its way in as if it were there. */
export async function storageOf(db: Reader, organizationId: Id) {
  const kept = await db
    .selectFrom('documents')
    .select(sql<number>`coalesce(sum(file_size), 0)`.as('bytes'))
    .where('organization_id', '=', organizationId)
    .executeTakeFirst()
  const coming = await db
    .selectFrom('document_uploads')
    .select(sql<number>`coalesce(sum(file_size), 0)`.as('bytes'))
    .where('organization_id', '=', organizationId)
    .where('finished_id', 'is', null)
    .executeTakeFirst()
  const organization = await organizationById(db, organizationId)
  const used = (kept?.bytes ?? 0) + (coming?.bytes ?? 0)
  return { used, quota: Stored.parse(All.parse(organization?.settings)['documents']).quota }
}

export async function changeQuota(db: Writer, organizationId: Id, quota: number, now: string) {
  const organization = await organizationById(db, organizationId)
  await setOrganizationSettings(db, organizationId, { ...All.parse(organization?.settings), documents: { quota } }, now)
}

/** Before the first byte, so that nobody waits an hour for a no. */
export async function refuseOverQuota(db: Reader, organizationId: Id, size: number) {
  const { used, quota } = await storageOf(db, organizationId)
  if (used + size > quota) throw new Refusal('tooLarge', 'document.overQuota', { megabytes: megabytes(quota - used) })
}

/** @param folder where the database lies */
export async function refuseFullDisk(folder: string, size: number) {
  const { bavail, bsize } = await statfs(folder)
  const free = bavail * bsize - leftFree
  if (size > free) throw new Refusal('tooLarge', 'document.diskFull', { megabytes: megabytes(free) })
}

function megabytes(bytes: number): number {
  return Math.max(0, Math.floor(bytes / 1024 ** 2))
}
