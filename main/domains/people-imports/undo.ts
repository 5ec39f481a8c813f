import { setImmediate } from 'node:timers/promises'
import * as z from 'zod'
import type { Id } from '../../../shared/contract/base.ts'
import { BeneficiaryFields } from '../../../shared/contract/beneficiaries.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { Reader, Writer } from '../../database/database.ts'
import type { Scope } from '../../scope.ts'
import { wireEmail } from '../beneficiaries/email.ts'
import { fileOf, writeFile } from '../beneficiaries/person-file.ts'
import { deleteAccounts } from '../beneficiaries/withdraw-queries.ts'
import { deleteMembers } from '../groups/queries.ts'
import { countRows, deleteRows, nextRows, touchedPage } from './queries.ts'

/** In one transaction, so that everything else has its turn: so many who were added, and fewer whose files were changed. */
const atOnce = 50
const costOfChange = 8

const Before = z.object({
  fields: BeneficiaryFields.partial(),
  own: BeneficiaryFields.shape.own,
  groups: z.array(z.int()),
})

const pageOfLooks = 200

/** Whether somebody has worked with one of these people since. */
export async function isInUse(db: Reader, importId: Id): Promise<boolean> {
  for (let after = 0; ; ) {
    const rows = await touchedPage(db, importId, after, pageOfLooks)
    if (rows.some(({ isTouched }) => isTouched === 1)) return true
    const last = rows.at(-1)
    if (!last) return false
    after = last.id
    // Others have their turn between two pages.
    await setImmediate()
  }
}

/** Takes the next rows of an import back; returns how many are left. */
export async function takeBackSome(db: Writer, scope: Scope, importId: Id, now: string): Promise<number> {
  const rows = affordable(await nextRows(db, importId, atOnce))
  if (rows.some(({ isUntouched }) => isUntouched !== 1)) throw new Refusal('conflict', 'peopleImport.inUse')
  const added = rows.filter(({ before }) => before === null)
  if (added.length > 0)
    await deleteAccounts(
      db,
      added.map(({ userId }) => userId),
    )
  const changed = rows.filter(({ before }) => before !== null)
  for (const { id, before } of changed) await writeBack(db, scope, id, before ?? '', now)
  await deleteRows(
    db,
    importId,
    changed.map(({ id }) => id),
  )
  return countRows(db, importId)
}

function affordable<Row extends { before: string | null }>(rows: readonly Row[]): Row[] {
  let cost = 0
  return rows.filter(({ before }) => {
    cost += before === null ? 1 : costOfChange
    return cost <= atOnce
  })
}

async function writeBack(db: Writer, scope: Scope, id: Id, stored: string, now: string) {
  const { fields, own, groups } = Before.parse(Object(JSON.parse(stored)))
  const person = await fileOf(db, scope, id)
  const present = BeneficiaryFields.strip().parse({ ...person, email: wireEmail(person.email) })
  const given = BeneficiaryFields.parse({ ...present, ...wasThere(stored, fields), own: { ...present.own, ...own } })
  await writeFile(db, scope, person, given, now)
  for (const groupId of groups) await deleteMembers(db, groupId, [id])
}

/** Defaults fill what was never written over: only what was kept counts. */
function wasThere(stored: string, fields: Partial<BeneficiaryFields>) {
  const kept = Object.keys(Object(Object(JSON.parse(stored)).fields))
  return Object.fromEntries(Object.entries(fields).filter(([field]) => kept.includes(field)))
}
