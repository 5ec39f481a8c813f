import type { Beneficiary } from '../../../../shared/contract/beneficiaries.ts'
import { mergeFields } from '../../../../shared/contract/merges.ts'

/** Whose value stays. */
export type Choice = 'kept' | 'merged' | 'both'

export interface Difference {
  field: string
  kept: string
  merged: string
  /** What is chosen until somebody chooses. */
  first: Choice
}

/** The fields in which two files are not the same. What only one of them knows is chosen from it. */
export function differencesOf(kept: Beneficiary, merged: Beneficiary): Difference[] {
  const [one, other] = [wordsOf(kept), wordsOf(merged)]
  const own = [...new Set([...Object.keys(kept.own), ...Object.keys(merged.own)])].map((key) => `own.${key}`)
  return [...mergeFields, ...own]
    .map((field) => ({ field, kept: one[field] ?? '', merged: other[field] ?? '' }))
    .filter((difference) => difference.kept !== difference.merged)
    .map((difference) => ({ ...difference, first: firstOf(difference) }))
}

function firstOf({ field, kept, merged }: Omit<Difference, 'first'>): Choice {
  if (kept === '') return 'merged'
  return field === 'notes' && merged !== '' ? 'both' : 'kept'
}

function wordsOf({ own, trainerName, ...fields }: Beneficiary): Record<string, string> {
  const named = Object.entries(own).map(([key, value]) => [`own.${key}`, value])
  const all = Object.entries({ ...fields, ...Object.fromEntries(named) })
  return {
    ...Object.fromEntries(all.map(([field, value]) => [field, String(value ?? '')])),
    trainerId: trainerName ?? '',
  }
}
