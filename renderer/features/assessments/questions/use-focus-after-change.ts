import { type RefObject, useCallback, useLayoutEffect, useRef } from 'react'

/**
 * Moves the focus to a part of `root` as soon as that part is on the screen. A card that moves or turns into a form leaves
 * the document for a moment and would take the focus with it.
 */
export function useFocusAfterChange(root: RefObject<HTMLElement | null>) {
  const wanted = useRef<string | null>(null)
  useLayoutEffect(() => {
    const target = wanted.current && root.current?.querySelector<HTMLElement>(wanted.current)
    if (!target) return
    wanted.current = null
    target.focus()
  })
  return useCallback((selector: string) => {
    wanted.current = selector
  }, [])
}
