import { useCallback, useState } from 'react'
import type { Id } from '../../../../shared/contract/base.ts'
import type { Question } from '../../../../shared/contract/questions.ts'

/** Where a question is written: in place of a stored one, or behind all of them. */
export type Place = Id | 'new'

export interface OpenQuestion {
  /** As it was when its form was opened. */
  original: Question
  draft: Question
}

export type QuestionDrafts = ReturnType<typeof useQuestionDrafts>

/** The questions that are open in forms, which the core does not know yet. */
export function useQuestionDrafts() {
  const [open, setOpen] = useState<ReadonlyMap<Place, OpenQuestion>>(new Map())

  const start = useCallback((place: Place, original: Question) => {
    setOpen((before) => new Map(before).set(place, { original, draft: original }))
  }, [])
  const write = useCallback((place: Place, draft: Question) => {
    setOpen((before) => new Map(before).set(place, { original: before.get(place)?.original ?? draft, draft }))
  }, [])
  const drop = useCallback((place: Place) => {
    setOpen((before) => new Map([...before].filter(([other]) => other !== place)))
  }, [])
  return { open, start, write, drop, isDirty: [...open.values()].some(isChanged) }
}

export function isChanged({ original, draft }: OpenQuestion): boolean {
  return JSON.stringify(original) !== JSON.stringify(draft)
}

/** The field of a form in which the question is asked, as a selector. */
export function textFieldOf(place: Place): string {
  return `[data-form="${place}"] [data-field="text"]`
}
