import type { Id } from '../../../shared/contract/base.ts'
import type { Question } from '../../../shared/contract/questions.ts'
import type { Writer } from '../../database/database.ts'
import type { Scope } from '../../scope.ts'
import { insertQuestions } from '../assessments/queries.ts'
import { questionRows, setOrigin } from './queries.ts'

interface Kept {
  id: Id
  assessmentId: Id | null
  originId: Id | null
  question: Question
}

/** The question of the bank becomes the origin of the one it was made from; one that is there in the same words stays alone. */
export async function keepInBank(db: Writer, scope: Scope, questions: readonly Kept[], now: string) {
  const origins = await questionRows(
    db,
    scope,
    questions.flatMap(({ originId }) => originId ?? []),
  )
  const known = new Map(origins.map((origin) => [origin.id, origin]))
  const kept: Id[] = []
  for (const one of questions) {
    const origin = one.assessmentId === null ? one : one.originId !== null && known.get(one.originId)
    const isThere = origin && origin.assessmentId === null && isSame(origin.question, one.question)
    kept.push(isThere ? origin.id : await keepOne(db, scope.organizationId, one, now))
  }
  return kept
}

async function keepOne(db: Writer, organizationId: Id, { id, question }: Kept, now: string): Promise<Id> {
  const [kept] = await insertQuestions(db, { organizationId, assessmentId: null }, [{ question }], now)
  if (kept === undefined) throw new Error('The question got no id.')
  await setOrigin(db, id, kept)
  return kept
}

function isSame(one: Question, other: Question): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
