import { create } from 'zustand'
import type { Question } from '../../../../shared/contract/questions.ts'

interface Drafts {
  /** Questions that are being written and that the core does not know yet, by the place they are written in. */
  drafts: Record<string, Question>
  keep: (place: string, draft: Question) => void
  drop: (place: string) => void
}

/** Half-written questions survive a walk to another screen, not the end of the window. */
export const useDrafts = create<Drafts>()((set) => ({
  drafts: {},
  keep: (place, draft) => set(({ drafts }) => ({ drafts: { ...drafts, [place]: draft } })),
  drop: (place) =>
    set(({ drafts }) => {
      const { [place]: _, ...others } = drafts
      return { drafts: others }
    }),
}))

/** Where a question of an assessment is written; without an id, the new one. */
export function draftPlace(assessmentId: number, questionId?: number): string {
  return `${assessmentId}/${questionId ?? 'new'}`
}
