import type { Id } from '../../../shared/contract/base.ts'
import type { Consent, ConsentText } from '../../../shared/contract/privacy.ts'
import { Refusal } from '../../../shared/refusal.ts'
import { organizationOf } from '../../actor.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import { mintId } from '../../database/ids.ts'
import { removePhotos } from '../photos/queries.ts'
import { linesOf, textsOf } from './consent-queries.ts'
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
