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

/** Local storage, because it is there on plain pages of a local network and is written before the next letter. */
export function keptDrafts(attemptId: Id, storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>): KeptDrafts {
  const key = `bdc.unsaved.${attemptId}`
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
