import * as z from 'zod'
import { Id } from '../../../shared/contract/base.ts'
import type { Draft } from './answer-saver.ts'

const Kept = z.array(z.object({ questionId: Id, answer: z.string(), edit: z.int().positive() }))
type KeptDraft = z.infer<typeof Kept>[number]

/** What this browser holds of one attempt that the core does not have yet: it outlives a reload and a closed page. */
export interface KeptDrafts {
  read(): KeptDraft[]
  keep(drafts: Readonly<Record<Id, Draft>>): void
}

const prefix = 'bdc.unsaved.'

/** The attempts of which something is kept. */
export function keptAttempts(storage: Pick<Storage, 'key' | 'length'>): Id[] {
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '')
  return keys.flatMap((key) => {
    const id = Id.safeParse(key.startsWith(prefix) ? Number(key.slice(prefix.length)) : undefined)
    return id.success ? [id.data] : []
  })
}

/** Nothing of these attempts is kept any longer. */
export function forgetAttempts(attemptIds: readonly Id[], storage: Pick<Storage, 'removeItem'>) {
  for (const id of attemptIds) storage.removeItem(prefix + id)
}

/** Local storage, because it is there on plain pages of a local network and is written before the next letter. */
export function keptDrafts(attemptId: Id, storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): KeptDrafts {
  const key = prefix + attemptId
  return {
    read() {
      try {
        return Kept.parse(JSON.parse(storage.getItem(key) ?? '[]'))
      } catch {
        return []
      }
    },
    keep(drafts) {
      const unsaved = Object.entries(drafts)
        .filter(([, draft]) => draft.state !== 'clean')
        .map(([questionId, { answer, edit }]) => ({ questionId: Number(questionId), answer, edit }))
      try {
        if (unsaved.length === 0) storage.removeItem(key)
        else storage.setItem(key, JSON.stringify(unsaved))
      } catch {
        // A browser without room keeps its drafts on the screen alone, as it says there.
      }
    },
  }
}
