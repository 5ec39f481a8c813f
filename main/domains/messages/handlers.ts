import type { ListThreads } from '../../../shared/contract/messages.ts'
import { Refusal } from '../../../shared/refusal.ts'
import type { ReadContext, WriteContext } from '../../context.ts'
import { readAbout } from '../notifications/notify.ts'
import { addressees } from './addressees.ts'
import { hideThread, isOwnThread, markRead as markThreadRead, showThread } from './queries.ts'
import { selfOf } from './self.ts'
import { threadOf, threadsOf } from './threads.ts'

export { discardDraft, draft, drafts, saveDraft } from './drafts.ts'
export { send, takeBack } from './send.ts'

export async function people({ db, actor }: ReadContext, { search }: { search: string }) {
  return addressees(db, selfOf(actor), search)
}

export async function threads({ db, actor }: ReadContext, input: ListThreads) {
  return threadsOf(db, selfOf(actor), input)
}

export async function thread({ db, actor, clock }: ReadContext, { thread: wanted }: { thread: string }) {
  return threadOf(db, selfOf(actor), wanted, clock.now())
}

export async function markRead({ db, actor, now }: WriteContext, { thread: wanted }: { thread: string }) {
  const self = selfOf(actor)
  if (!(await isOwnThread(db, self, wanted))) throw new Refusal('notFound', 'message.notFound')
  await markThreadRead(db, self, wanted, now)
  await readAbout(db, self.userId, 'message', 'thread', wanted, now)
  return {}
}

export async function setDeleted(
  { db, actor, now }: WriteContext,
  { thread: wanted, isDeleted }: { thread: string; isDeleted: boolean },
) {
  const self = selfOf(actor)
  const isThere = await isOwnThread(db, self, wanted)
  if (isDeleted && isThere) {
    await hideThread(db, self, wanted, now)
    await readAbout(db, self.userId, 'message', 'thread', wanted, now)
    return {}
  }
  if (isDeleted || !((await showThread(db, self, wanted)) || isThere)) {
    throw new Refusal('notFound', 'message.notFound')
  }
  return {}
}
