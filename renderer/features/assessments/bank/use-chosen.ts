import { useCallback, useState } from 'react'
import type { Id } from '../../../../shared/contract/base.ts'

/** The questions that were chosen one by one. Null while rows are opened instead of chosen. */
export function useChosen() {
  const [chosen, setChosen] = useState<ReadonlySet<Id> | null>(null)
  const begin = useCallback(() => setChosen(new Set()), [])
  const end = useCallback(() => setChosen(null), [])
  const toggle = useCallback((id: Id) => setChosen((before) => withChange(before ?? new Set(), id)), [])
  return { chosen, begin, end, toggle }
}

function withChange(before: ReadonlySet<Id>, id: Id): ReadonlySet<Id> {
  const after = new Set(before)
  if (!after.delete(id)) after.add(id)
  return after
}
