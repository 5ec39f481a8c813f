import { isDeepStrictEqual } from 'node:util'
import type { Draft, DraftFields, SaveDraft } from '../../../shared/contract/messages.ts'
import { DraftFields as Fields } from '../../../shared/contract/messages.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import type { Reader } from '../../database/database.ts'
import { groupsOf } from '../groups/queries.ts'
import { peopleAmong, scopeFor } from './addressees.ts'
import { attachmentsAmong } from './attachments.ts'
import { deleteDraft, draftNamed, draftsOf, putDraft } from './draft-queries.ts'
import { isOwnThread } from './queries.ts'
import { type Self, selfOf } from './self.ts'

export async function drafts({ db, actor }: ReadContext) {
  const found = await draftsOf(db, selfOf(actor))
  return found.map(({ content, ...row }) => ({ ...row, snippet: content.replace(/\s+/g, ' ').slice(0, 160) }))
}

export async function draft({ db, actor, clock }: ReadContext, { name }: { name: string }): Promise<Draft | null> {
  const self = selfOf(actor)
  const found = await draftNamed(db, self, name)
  return found ? { ...found, known: await namesFor(db, self, found, clock.now().toISOString()) } : null
}

export async function saveDraft({ db, actor, now }: WriteContext, input: SaveDraft) {
  const self = selfOf(actor)
  const present = await draftNamed(db, self, input.name)
  // The reply to this very save was lost.
  if (present?.edit === input.edit && isDeepStrictEqual(Fields.parse(present), Fields.parse(input))) {
    return { savedAt: present.updatedAt }
  }
  if (!present && input.edit > 1) throw new Refusal('notFound', 'draft.notFound')
  if (input.edit !== (present?.edit ?? 0) + 1) throw new Refusal('conflict', 'draft.changedMeanwhile')
  if (input.thread !== null && !(await isOwnThread(db, self, input.thread))) {
    throw new Refusal('notFound', 'message.notFound')
  }
  await putDraft(db, self, input, now)
  return { savedAt: now }
}

export async function discardDraft({ db, actor }: WriteContext, { name }: { name: string }) {
  const self = selfOf(actor)
  await knownDraft(db, self, name)
  await deleteDraft(db, self.userId, name)
  return {}
}

export async function knownDraft(db: Reader, self: Self, name: string) {
  const found = await draftNamed(db, self, name)
  if (!found) throw new Refusal('notFound', 'draft.notFound')
  return found
}

/** A number that somebody else's account has is not told its name. */
async function namesFor(db: Reader, self: Self, { recipients, attachments }: DraftFields, now: string) {
  const people = recipients.people.length === 0 ? [] : await peopleAmong(db, self, recipients.people)
  const groups = self.kind === 'student' ? [] : await groupsOf(db, scopeFor(self))
  const documents = await attachmentsAmong(db, self, attachments, now)
  return {
    documents: [...documents.values()].flatMap((one) => (one ? { id: one.id, name: one.filename } : [])),
    people: people.map(({ id, name }) => ({ id, name })),
    groups: groups.filter(({ id }) => recipients.groups.includes(id)).map(({ id, name }) => ({ id, name })),
  }
}
