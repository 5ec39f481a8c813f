import type { Id } from '../../../shared/contract/base.ts'
import type { Reader } from '../../database/database.ts'

/** Whether the organization asks before a photo is kept, and what a person has said to that. */
export async function photoConsent(db: Reader, organizationId: Id, personId: Id) {
  // The one that is asked for on the screen, by the same order.
  const newest = await db
    .selectFrom('consent_texts')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('covers', '=', 'photo')
    .orderBy('topic')
    .orderBy('version', 'desc')
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  const last = await db
    .selectFrom('consents')
    .innerJoin('consent_texts', 'consent_texts.id', 'consents.consent_text_id')
    .select(['consents.kind', 'consents.consent_text_id as textId'])
    .where('consents.person_id', '=', personId)
    .where('consent_texts.covers', '=', 'photo')
    .orderBy('consents.created_at', 'desc')
    .orderBy('consents.id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return {
    isAsked: newest !== undefined,
    isGiven: last?.kind === 'given' && last.textId === newest?.id,
    last: last?.kind ?? null,
  }
}
