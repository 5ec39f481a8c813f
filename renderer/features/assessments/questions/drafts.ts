import { create } from 'zustand'
import type { Id } from '../../../../shared/contract/base.ts'
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

/** Whether a question of the assessment is open in a form. */
export function useIsWriting(assessmentId: Id): boolean {
  return useDrafts(({ drafts }) => Object.keys(drafts).some((place) => place.startsWith(draftPlace(assessmentId, ''))))
}

/** The field of the form at a place in which the question is asked, as a selector. */
export function textOf(place: string): string {
  return `[data-form="${place}"] [data-field="text"]`
}

/** Where a question of an assessment is written. */
export function draftPlace(assessmentId: Id, questionId: Id | 'new' | '' = 'new'): string {
  return `${assessmentId}/${questionId}`
}
