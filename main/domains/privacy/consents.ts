import type { Id } from '../../../shared/contract/base.ts'
import type { Consent, ConsentText } from '../../../shared/contract/privacy.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { organizationOf } from '../../actor.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import { mintId } from '../../database/ids.ts'
import { removePhotos } from '../photos/queries.ts'
import { activeHold } from './holds.ts'
import { personOf } from './people.ts'

export async function consentTexts({ db, actor }: ReadContext) {
  return textsOf(db, organizationOf(actor))
}

/** A text is never changed: whoever said yes said it to these words. */
export async function writeConsentText(
  { db, actor, now, about }: WriteContext,
  { topic, text, covers }: Pick<ConsentText, 'topic' | 'text' | 'covers'>,
) {
  const organizationId = organizationOf(actor)
  const texts = await textsOf(db, organizationId)
  const newest = texts.find((one) => one.topic.toLowerCase() === topic.toLowerCase())
  if (newest?.text === text) throw new Refusal('conflict', 'privacy.consentTextSame')
  const covering = !newest && covers !== null && texts.find((one) => one.covers === covers)
  if (covering) throw new Refusal('conflict', 'privacy.consentCovered', { topic: covering.topic })
  const id = await mintId(db, 'consent_texts')
  await db
    .insertInto('consent_texts')
    .values({
      id,
      organization_id: organizationId,
      topic: newest?.topic ?? topic,
      version: (newest?.version ?? 0) + 1,
      text,
      covers: newest ? newest.covers : covers,
      written_by: actor.userId,
      created_at: now,
    })
    .execute()
  about(id)
  return { id }
}

export async function consentsOf({ db, actor }: ReadContext, { beneficiaryId }: { beneficiaryId: Id }) {
  const { userId } = await personOf(db, actor, { beneficiaryId })
  const texts = await textsOf(db, organizationOf(actor))
  const newest = texts.filter((text) => texts.find(({ topic }) => topic === text.topic) === text)
  return { texts: newest, consents: await linesOf(db, userId), hold: (await activeHold(db, userId)) ?? null }
}

interface Word {
  beneficiaryId: Id
  textId: Id
  kind: Consent['kind']
}

/** Adds a line; what somebody said before stays as they said it. */
export async function recordConsent({ db, actor, now, about }: WriteContext, { beneficiaryId, textId, kind }: Word) {
  const { userId } = await personOf(db, actor, { beneficiaryId })
  const organizationId = organizationOf(actor)
  const text = (await textsOf(db, organizationId)).find(({ id }) => id === textId)
  if (!text) throw new Refusal('notFound', 'privacy.consentTextNotFound')
  const last = (await linesOf(db, userId)).find(({ topic }) => topic === text.topic)
  const isGiven = last?.kind === 'given' && last.textId === textId
  if (kind === 'withdrawn' && !isGiven) throw new Refusal('conflict', 'privacy.consentNotGiven')
  if (kind === 'given' && isGiven) throw new Refusal('conflict', 'privacy.consentSame')
  const id = await mintId(db, 'consents')
  await db
    .insertInto('consents')
    .values({
      id,
      organization_id: organizationId,
      person_id: userId,
      consent_text_id: textId,
      kind,
      recorded_by: actor.userId,
      created_at: now,
    })
    .execute()
  if (kind === 'withdrawn' && text.covers === 'photo') await removePhotos(db, beneficiaryId, now)
  about(userId, { topic: text.topic, version: text.version, kind })
  return {}
}

/** Newest version first within a topic. */
function textsOf(db: Reader, organizationId: Id) {
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
    .orderBy('consent_texts.id', 'desc')
    .execute()
    .then((rows) => rows.map((row) => ({ ...row, given: row.given ?? 0 })))
}

/** Newest first. */
function linesOf(db: Reader, personId: Id) {
  return db
    .selectFrom('consents')
    .innerJoin('consent_texts', 'consent_texts.id', 'consents.consent_text_id')
    .leftJoin('users', 'users.id', 'consents.recorded_by')
    .select([
      'consents.id',
      'consents.consent_text_id as textId',
      'topic',
      'version',
      'kind',
      'consents.created_at as recordedAt',
      'users.name as recordedBy',
    ])
    .where('consents.person_id', '=', personId)
    .orderBy('consents.created_at', 'desc')
    .orderBy('consents.id', 'desc')
    .execute()
}
