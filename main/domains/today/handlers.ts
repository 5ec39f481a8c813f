import type { Id } from '../../../shared/contract/base.ts'
import { type DaySpan, shareEndsSoonDays, type Waiting } from '../../../shared/contract/today.ts'
import type { ReadContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import { scopeOf } from '../../scope.ts'
import { documentScope } from '../documents/reach.ts'
import { countWaitingAnswers } from '../grading/queries.ts'
import { pairsAcross } from '../merges/across.ts'
import { countUnread } from '../messages/queries.ts'
import { selfOf } from '../messages/self.ts'
import {
  assessmentsOfDay,
  begunWithin,
  countOfferedTo,
  countRequests,
  countUnverified,
  sharesEnding,
} from './queries.ts'

export { groups } from './groups.ts'

const dayMs = 86_400_000

export async function waiting({ db, actor, clock }: ReadContext, span: DaySpan): Promise<Waiting> {
  const scope = scopeOf(actor)
  const now = clock.now()
  const sharing = documentScope(actor, now.toISOString())
  const soon = new Date(now.getTime() + shareEndsSoonDays * dayMs).toISOString()
  return {
    answers: await countWaitingAnswers(db, scope),
    handovers: await countOfferedTo(db, scope, sharing.userId),
    messages: await countUnread(db, selfOf(actor)),
    likelyAcross: await pairsAcross(db, scope),
    centre: scope.trainerId === null ? await ofCentre(db, scope.organizationId, now) : null,
    sharesEnding: await sharesEnding(db, sharing, soon),
    assessments: await assessmentsOfDay(db, scope, span),
    begun: await begunWithin(db, scope),
  }
}

async function ofCentre(db: Reader, organizationId: Id, now: Date) {
  const unverified = await countUnverified(db, organizationId)
  return { unverified, ...(await countRequests(db, organizationId, now.toISOString().slice(0, 10))) }
}
