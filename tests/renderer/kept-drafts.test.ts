import { expect, it } from 'vitest'
import { forgetAttempts, keptAttempts, keptDrafts } from '../../renderer/features/kiosk/kept-drafts.ts'

function storageWith(entries: Record<string, string>) {
  const kept = new Map(Object.entries(entries))
  return {
    get length() {
      return kept.size
    },
    key: (index: number) => [...kept.keys()][index] ?? null,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
}

it('names the attempts of which something is kept, and forgets those that are told', () => {
  const storage = storageWith({ language: 'fr', 'bdc.unsaved.x': '[]' })
  const draft = {
    answer: 'So.',
    edit: 1,
    state: 'dirty' as const,
    savedAt: null,
    refusal: null,
    isFromElsewhere: false,
  }
  for (const attemptId of [7, 8]) keptDrafts(attemptId, storage).keep({ 1: draft })
  expect(keptAttempts(storage)).toEqual([7, 8])

  forgetAttempts([7], storage)
  expect(keptAttempts(storage)).toEqual([8])
  expect(keptDrafts(7, storage).read()).toEqual([])
  expect(keptDrafts(8, storage).read()).toEqual([{ questionId: 1, answer: 'So.', edit: 1 }])
  expect(storage.getItem('language')).toBe('fr')
})
