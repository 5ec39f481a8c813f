import type { Id } from '../../../shared/contract/base.ts'
import { BeneficiaryFields, type RegisterMany } from '../../../shared/contract/beneficiaries.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { WriteContext } from '../../context.ts'
import { scopeOf } from '../../scope.ts'
import { assignedTrainer } from './assigned-trainer.ts'
import { registerBeneficiaries } from './register.ts'
import { deleteAccounts, withdrawable } from './withdraw-queries.ts'

/** Afterwards a registration is no slip any more. */
const anHour = 3_600_000

export async function registerMany({ db, actor, now, about }: WriteContext, { names, ...common }: RegisterMany) {
  const scope = scopeOf(actor)
  const trainerId = await assignedTrainer(db, scope, common.trainerId)
  const people = names.map((name) => BeneficiaryFields.parse({ ...common, name, trainerId }))
  const ids = await registerBeneficiaries(db, scope.organizationId, people, now)
  about(null, { files: ids.join(' ') })
  return { ids }
}

export async function withdrawMany({ db, actor, now, about }: WriteContext, { ids }: { ids: Id[] }) {
  const since = new Date(Date.parse(now) - anHour).toISOString()
  const people = await withdrawable(db, scopeOf(actor), ids, since)
  if (people.length < new Set(ids).size) throw new Refusal('notFound', 'beneficiary.notFound')
  if (people.some(({ isUntouched }) => !isUntouched)) throw new Refusal('conflict', 'beneficiary.inUse')

  await deleteAccounts(
    db,
    people.map(({ userId }) => userId),
  )
  about(null, { files: ids.join(' ') })
  return {}
}
