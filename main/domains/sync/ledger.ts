import type { Id } from '../../../shared/contract/base.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { ReadContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import { registry, tableNames } from '../../database/registry.ts'
import { reachesLearner, type Scope, scopeOf } from '../../scope.ts'
import { documentOf } from '../documents/document-queries.ts'
import { documentScope } from '../documents/reach.ts'
import { annotations } from '../privacy/annotations.ts'
import { contentPathsOf, whereContentsAre } from './content-queries.ts'
import { isAny, membership, queued, type Rows, refused } from './queries.ts'

interface Asked {
  kind: 'beneficiaries' | 'attempts' | 'documents'
  id: Id
}

/** Whether everything of a record is at the centre; null where there is no centre, or a file of it is not here to be safe. */
export async function ledger(context: ReadContext, { kind, id }: Asked) {
  const { db, actor } = context
  const scope = scopeOf(actor)
  const found = await membership(db)
  const { rows, contents = [] } = await partsOf(context, scope, { kind, id })
  if (!found || found.organizationId !== scope.organizationId) return null
  const { isElsewhere, isToSend } = await whereContentsAre(db, contents)
  if (isElsewhere) return null
  const isRefused = await isAny(db, rows, refused)
  const isQueued = isToSend || (await isAny(db, rows, queued))
  return { isAtCentre: !isQueued && !isRefused, isRefused, lastSuccessAt: found.lastSuccessAt }
}

async function partsOf({ db, actor, clock }: ReadContext, scope: Scope, { kind, id }: Asked) {
  if (kind === 'beneficiaries') return { rows: await rowsOfPerson(db, scope, id) }
  if (kind === 'attempts') return { rows: await rowsOfAttempt(db, scope, id) }
  const document = await documentOf(db, documentScope(actor, clock.now().toISOString()), id)
  if (!document) throw new Refusal('notFound', 'document.notFound')
  const { ids, paths } = await contentPathsOf(db, id)
  const rows: Rows[] = [{ table: 'documents', ids }]
  return { rows, contents: paths }
}

/** Everything that is theirs, as the privacy register says whose it is. */
const tablesOfPeople = tableNames.filter((table) => ['entity', 'append'].includes(registry[table].sync))

async function rowsOfPerson(db: Reader, scope: Scope, id: Id): Promise<Rows[]> {
  const person = await db
    .selectFrom('beneficiaries')
    .select('user_id as userId')
    .where('id', '=', id)
    .where('organization_id', '=', scope.organizationId)
    .where(reachesLearner(scope, 'beneficiaries.id'))
    .executeTakeFirst()
  if (!person) throw new Refusal('notFound', 'beneficiary.notFound')
  const { userId } = person
  const theirs = tablesOfPeople.flatMap((table) => {
    const { whose } = annotations[table]
    return userId === null || whose === null ? [] : { table, whose: whose.replaceAll('@person', String(userId)) }
  })
  return [{ table: 'beneficiaries', ids: [id] }, ...theirs]
}

async function rowsOfAttempt(db: Reader, scope: Scope, id: Id): Promise<Rows[]> {
  const attempt = await db
    .selectFrom('attempts')
    .select('id')
    .where('id', '=', id)
    .where('organization_id', '=', scope.organizationId)
    .where(reachesLearner(scope, 'attempts.beneficiary_id'))
    .executeTakeFirst()
  if (!attempt) throw new Refusal('notFound', 'attempt.notFound')
  const answers = await db.selectFrom('responses').select('id').where('attempt_id', '=', id).execute()
  const results = await db.selectFrom('assessment_results').select('id').where('attempt_id', '=', id).execute()
  return [
    { table: 'attempts', ids: [id] },
    { table: 'responses', ids: answers.map((answer) => answer.id) },
    { table: 'assessment_results', ids: results.map((result) => result.id) },
  ]
}
