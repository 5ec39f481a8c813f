import { useCallback, useMemo, useState } from 'react'
import type { Id } from '../../../shared/contract/base.ts'

/** What of a list is chosen: some rows by their ids, or all that it shows but some. */
export interface Selection {
  isAll: boolean
  /** The chosen ones, or those that are left out. */
  ids: ReadonlySet<Id>
}

const nothing: Selection & { anchor: number | null } = { isAll: false, ids: new Set(), anchor: null }

/** Choosing of rows as a file manager has it. `of` says what the list shows: of something else nothing is chosen yet. */
export function useSelection(rows: readonly { id: Id }[], total: number | null, of: string) {
  const [kept, setKept] = useState({ of, ...nothing })
  if (kept.of !== of) setKept({ of, ...nothing })
  const { isAll, ids, anchor } = kept
  const set = useCallback((next: typeof nothing) => setKept({ of, ...next }), [of])
  const toggle = (index: number, isRange: boolean) => {
    const row = rows[index]
    if (!row) return
    const after = new Set(ids)
    if (isRange && anchor !== null) {
      for (const { id } of rows.slice(Math.min(anchor, index), Math.max(anchor, index) + 1)) {
        if (isAll) after.delete(id)
        else after.add(id)
      }
    } else if (!after.delete(row.id)) after.add(row.id)
    set({ isAll, ids: after, anchor: isRange && anchor !== null ? anchor : index })
  }
  const count = isAll ? total && total - ids.size : ids.size
  return {
    selection: useMemo(() => ({ isAll, ids }), [isAll, ids]),
    /** Null where nobody counted how many there are. */
    count,
    isEmpty: isAll ? count === 0 : ids.size === 0,
    has: ({ id }: { id: Id }) => isAll !== ids.has(id),
    toggle,
    all: () => set({ isAll: true, ids: new Set(), anchor: null }),
    clear: () => set(nothing),
  }
}

export type Choosing = ReturnType<typeof useSelection>
