import type { Id } from '../../../shared/contract/base.ts'
import { BeneficiaryFields, type RegisterMany } from '../../../shared/contract/beneficiaries.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { WriteContext } from '../../context.ts'
import type { DatabaseFile } from '../../database/database.ts'
import { scopeOf } from '../../scope.ts'
import { theLogAlone, whileRunning } from '../privacy/running.ts'
import { shredLog } from '../privacy/shred-log.ts'
import { assignedTrainer } from './assigned-trainer.ts'
import { forgetDeletedWords } from './people-index.ts'
import { registerBeneficiaries } from './register.ts'
import { deleteAccounts, withdrawable } from './withdraw-queries.ts'

/** Afterwards a registration is no slip any more. */
const anHour = 3_600_000

export async function registerMany({ db, actor, now, about }: WriteContext, { names, ...common }: RegisterMany) {
  const scope = scopeOf(actor)
  const trainerId = await assignedTrainer(db, scope, common.trainerId)
  const people = names.map((name) => BeneficiaryFields.parse({ ...common, name, trainerId }))
  const ids = await registerBeneficiaries(db, scope.organizationId, people, now)
  about(null, { people: ids.length, files: ids.join(' ') })
  return { ids }
}

/** Whoever is taken back was never there: what the log says of them goes too, and its lines still prove themselves. */
export function withdrawing(database: Pick<DatabaseFile, 'auditKey'>) {
  return async function withdrawMany({ db, actor, now, about }: WriteContext, { ids }: { ids: Id[] }) {
    const since = new Date(Date.parse(now) - anHour).toISOString()
    const people = await withdrawable(db, scopeOf(actor), ids, since)
    if (people.length < new Set(ids).size) throw new Refusal('notFound', 'beneficiary.notFound')
    if (people.some(({ isUntouched }) => !isUntouched)) throw new Refusal('conflict', 'beneficiary.inUse')

    const accounts = people.map(({ userId }) => userId)
    await whileRunning(db, theLogAlone, () => shredLog(db, database.auditKey, new Set(accounts)))
    await deleteAccounts(db, accounts)
    await forgetDeletedWords(db)
    about(null, { people: people.length, files: ids.join(' ') })
    return {}
  }
}
