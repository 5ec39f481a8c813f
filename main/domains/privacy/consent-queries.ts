import { type SqlBool, sql } from 'kysely'
import type { Id } from '../../../shared/contract/base.ts'
import type { Reader } from '../../database/database.ts'

/** Two machines that did not know of each other gave two texts the same number. */
const hasTwin = sql<SqlBool>`exists (
  select 1 from consent_texts as twin
  where twin.organization_id is consent_texts.organization_id and twin.topic = consent_texts.topic
    and twin.version = consent_texts.version and twin.id != consent_texts.id
)`

/** Newest version first within a topic; of two with one number, the one that was written last. */
export function textsOf(db: Reader, organizationId: Id) {
  return db
    .selectFrom('consent_texts')
    .leftJoin('users', 'users.id', 'consent_texts.written_by')
    .select((eb) => [
      'consent_texts.id',
      'topic',
      'version',
      'text',
      'covers',
      'consent_texts.created_at as writtenAt',
      'users.name as writtenBy',
      hasTwin.as('hasTwin'),
      eb
        .selectFrom('consents')
        .select((count) => count.fn.countAll<number>().as('given'))
        .whereRef('consents.consent_text_id', '=', 'consent_texts.id')
        .where('kind', '=', 'given')
        .where((inner) =>
          inner.not(
            inner.exists(
              inner
                .selectFrom('consents as later')
                .innerJoin('consent_texts as about', 'about.id', 'later.consent_text_id')
                .select('later.id')
                .whereRef('about.topic', '=', 'consent_texts.topic')
                .whereRef('later.person_id', '=', 'consents.person_id')
                .where((latest) =>
                  latest(
                    latest.refTuple('later.created_at', 'later.id'),
                    '>',
                    latest.refTuple('consents.created_at', 'consents.id'),
                  ),
                ),
            ),
          ),
        )
        .as('given'),
    ])
    .where('consent_texts.organization_id', '=', organizationId)
    .orderBy('topic')
    .orderBy('version', 'desc')
    .orderBy('consent_texts.created_at', 'desc')
    .orderBy('consent_texts.id', 'desc')
    .execute()
    .then((rows) => rows.map((row) => ({ ...row, given: row.given ?? 0, hasTwin: Boolean(row.hasTwin) })))
}

/** Newest first. */
export function linesOf(db: Reader, personId: Id) {
  return db
    .selectFrom('consents')
    .innerJoin('consent_texts', 'consent_texts.id', 'consents.consent_text_id')
    .leftJoin('users', 'users.id', 'consents.recorded_by')
    .select([
      'consents.id',
      'consents.consent_text_id as textId',
      'topic',
      'version',
      'consent_texts.created_at as writtenAt',
      hasTwin.as('hasTwin'),
      'kind',
      'consents.created_at as recordedAt',
      'users.name as recordedBy',
    ])
    .where('consents.person_id', '=', personId)
    .orderBy('consents.created_at', 'desc')
    .orderBy('consents.id', 'desc')
    .execute()
    .then((rows) => rows.map((row) => ({ ...row, hasTwin: Boolean(row.hasTwin) })))
}
