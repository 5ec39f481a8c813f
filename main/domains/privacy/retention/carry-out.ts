import { sql } from 'kysely'
import type { Id } from '../../../../shared/contract/base.ts'
import type { RetentionSubject } from '../../../../shared/contract/privacy.ts'
import { breather } from '../../../breather.ts'
import type { Writer } from '../../../database/database.ts'
import { type ErasureOrder, erasePerson } from '../erase.ts'
import { theLogAlone, whileRunning } from '../running.ts'
import { emptyLine } from '../shred-log.ts'
import { dueNow } from './plan.ts'
import { retentionRules } from './rules.ts'

interface Run {
  organizationId: Id
  userId: Id | null
  auditKey: Buffer
  now: string
}

export interface Carried {
  rows: number
  /** Of the people whose files went. */
  orders: ErasureOrder[]
}

/** Takes out what has grown old of one subject, in the transaction of the call. */
export async function carryOut(db: Writer, subject: RetentionSubject, run: Run): Promise<Carried> {
  const months = (await retentionRules(db, run.organizationId))[subject]
  if (months === null) return { rows: 0, orders: [] }
  const { organizationId, now } = run
  const rows = await dueNow(db, subject, { organizationId, now, months }).execute()
  const ids = rows.map(({ id }) => id)
  if (subject === 'files') return { rows: rows.length, orders: await eraseFiles(db, rows, run) }
  if (subject === 'activity') await whileRunning(db, theLogAlone, () => emptyLines(db, run.auditKey, ids))
  else if (subject === 'answers') await forgetAnswers(db, ids)
  else await db.deleteFrom(tables[subject]).where('id', 'in', these(ids)).execute()
  return { rows: rows.length, orders: [] }
}

const tables = {
  messages: 'messages',
  notifications: 'notifications',
  sessions: 'sessions',
  appointments: 'appointments',
  rooms: 'classroom_sessions',
  errors: 'error_logs',
} as const

async function eraseFiles(db: Writer, files: { person: Id | null }[], run: Run): Promise<ErasureOrder[]> {
  const breathe = breather()
  const orders: ErasureOrder[] = []
  for (const { person } of files) {
    if (person === null) continue
    const { organizationId, userId: erasedBy, now: erasedAt } = run
    const order = { personId: person, organizationId, erasedBy, erasedAt }
    orders.push(...(await erasePerson(db, run.auditKey, order)))
    await breathe()
  }
  return orders
}

async function emptyLines(db: Writer, auditKey: Buffer, ids: Id[]) {
  const breathe = breather()
  for (const id of ids) {
    await emptyLine(db, auditKey, id)
    await breathe()
  }
}

/** What was written goes, with the journal of its typing and the receipts over it; the marks stay. */
async function forgetAnswers(db: Writer, ids: Id[]) {
  const attempts = db.selectFrom('responses').select('attempt_id').where('id', 'in', these(ids))
  await db.deleteFrom('attempt_receipts').where('attempt_id', 'in', attempts).execute()
  await db.deleteFrom('answer_edits').where('response_id', 'in', these(ids)).execute()
  await db.updateTable('responses').set({ answer: null }).where('id', 'in', these(ids)).execute()
}

/** As one value: a statement takes only so many. */
function these(ids: Id[]) {
  return sql<Id>`(select value from json_each(${JSON.stringify(ids)}))`
}
