import type { Id } from '../../../shared/contract/base.ts'
import { type GroupProgress, groupDays } from '../../../shared/contract/today.ts'
import type { ReadContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import { type Scope, scopeOf } from '../../scope.ts'
import { attemptsInGroup, countMembers, recentGroups, stillLearning } from './group-queries.ts'

const dayMs = 86_400_000

export async function groups({ db, actor, clock }: ReadContext): Promise<GroupProgress[]> {
  const scope = scopeOf(actor)
  const since = new Date(clock.now().getTime() - groupDays * dayMs).toISOString()
  const shown: GroupProgress[] = []
  for (const group of await recentGroups(db, scope, since)) shown.push(await progressOf(db, scope, group, since))
  return shown
}

async function progressOf(db: Reader, scope: Scope, { id, name }: { id: Id; name: string }, since: string) {
  const attempts = await attemptsInGroup(db, scope, id, since)
  const judged = attempts.filter(({ passed }) => passed !== null)
  const last = new Map(judged.map(({ beneficiaryId, passed }) => [beneficiaryId, passed]))
  const failed = [...last].filter(([, passed]) => !passed).map(([beneficiaryId]) => beneficiaryId)
  return {
    id,
    name,
    members: await countMembers(db, scope, id),
    active: new Set(attempts.map(({ beneficiaryId }) => beneficiaryId)).size,
    judged: judged.length,
    passed: judged.filter(({ passed }) => passed).length,
    behind: await stillLearning(db, failed),
  }
}
