import { useCallback, useEffect, useRef } from 'react'
import type { FieldValues, UseFormReturn } from 'react-hook-form'

/** Whether a form differs from what is saved, as of the last letter; what is drawn on the screen may be a moment behind. */
export function useDirtyNow<Values extends FieldValues, Context, Output>({
  subscribe,
}: Pick<UseFormReturn<Values, Context, Output>, 'subscribe'>): () => boolean {
  const dirty = useRef(false)
  useEffect(
    () =>
      subscribe({
        formState: { isDirty: true },
        callback: ({ isDirty = dirty.current }) => {
          dirty.current = isDirty
        },
      }),
    [subscribe],
  )
  return useCallback(() => dirty.current, [])
}
