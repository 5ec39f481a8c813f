import type { RetentionSubject } from '../../../../shared/contract/privacy.ts'
import { Refusal } from '../../../../shared/refusal.ts'
import { organizationOf } from '../../../actor.ts'
import { noteForgotten } from '../../../backup/settings.ts'
import type { ReadContext, WriteContext } from '../../../context.ts'
import type { DatabaseFile } from '../../../database/database.ts'
import { finishErasure, forgetOldPages } from '../finish-erasure.ts'
import { carryOut } from './carry-out.ts'
import { retentionPlan } from './plan.ts'
import { changeRetentionRules, type RetentionRules } from './rules.ts'

export interface Agreed {
  subject: RetentionSubject
  rows: number
}

export function retentionHandlers({ database }: { database: DatabaseFile }) {
  async function retention({ db, actor, clock }: ReadContext) {
    return retentionPlan(db, organizationOf(actor), clock.now().toISOString())
  }

  async function setRetention({ db, actor, now, about }: WriteContext, { rules }: { rules: Partial<RetentionRules> }) {
    const organizationId = organizationOf(actor)
    await changeRetentionRules(db, organizationId, rules, now)
    about(organizationId, rules)
    return {}
  }

  async function carryOutRetention(context: WriteContext, { agreed }: { agreed: Agreed[] }) {
    const { db, actor, now, about, afterwards } = context
    const organizationId = organizationOf(actor)
    const plan = await retentionPlan(db, organizationId, now)
    const wanted = new Map(agreed.map(({ subject, rows }) => [subject, rows]))
    const isAsAgreed = [...wanted].every(
      ([subject, rows]) => plan.find((one) => one.subject === subject)?.rows === rows,
    )
    if (!isAsAgreed) throw new Refusal('conflict', 'privacy.numbersChanged')
    const run = { organizationId, userId: actor.userId, auditKey: database.auditKey, now }
    const gone: Partial<Record<RetentionSubject, number>> = {}
    // Files last: what goes with a file was counted on its own.
    for (const subject of [...wanted.keys()].toSorted((a, b) => Number(a === 'files') - Number(b === 'files'))) {
      const { rows, orders } = await carryOut(db, subject, run)
      gone[subject] = rows
      afterwards(() => {
        for (const order of orders) finishErasure(database, order)
      })
    }
    about(organizationId, gone)
    afterwards(() => {
      forgetOldPages(database)
      noteForgotten(database.path, now)
    })
    return {}
  }

  return { retention, setRetention, carryOutRetention }
}
