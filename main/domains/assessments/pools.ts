import type { AssessmentSettings, Pool } from '../../../shared/contract/assessments.ts'
import type { Id } from '../../../shared/contract/base.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { Writer } from '../../database/database.ts'
import { questionsOf, setPoolOf, setSettings } from './queries.ts'

/** A pool that is there already, or, without an id, one to be made. */
export type WantedPool = Omit<Pool, 'id'> & { id?: string | undefined }

/** Returns the pool's id, null where there is none. A pool that nothing is left in goes. */
export async function putIntoPool(
  db: Writer,
  { id, settings }: { id: Id; settings: AssessmentSettings },
  questionIds: readonly Id[],
  wanted: WantedPool | null,
  now: string,
): Promise<string | null> {
  const pool = wanted && { ...wanted, id: wanted.id ?? freeId(settings.pools) }
  if (wanted?.id && !settings.pools.some((one) => one.id === wanted.id)) {
    throw new Refusal('notFound', 'assessment.poolNotFound')
  }
  const before = await questionsOf(db, id)
  const present = new Set(before.map((one) => one.id))
  if (questionIds.some((one) => !present.has(one))) throw new Refusal('notFound', 'question.notFound')

  await setPoolOf(db, id, questionIds, pool?.id ?? null)
  const filled = new Set((await questionsOf(db, id)).map((one) => one.pool))
  const pools = withPool(settings.pools, pool).filter((one) => filled.has(one.id))
  await setSettings(db, id, { ...settings, pools }, now)
  return pool && filled.has(pool.id) ? pool.id : null
}

function withPool(pools: readonly Pool[], pool: Pool | null): Pool[] {
  if (!pool) return [...pools]
  const isKnown = pools.some(({ id }) => id === pool.id)
  return isKnown ? pools.map((one) => (one.id === pool.id ? pool : one)) : [...pools, pool]
}

function freeId(pools: readonly Pool[]): string {
  for (let number = pools.length + 1; ; number += 1) {
    const id = `p${number}`
    if (!pools.some((one) => one.id === id)) return id
  }
}
