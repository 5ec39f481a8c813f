import { type KeyboardEvent, useEffect, useState } from 'react'

interface ActiveRowOptions {
  count: number
  /** The row's element, once it is on the page. */
  elementOf: (index: number) => HTMLElement | null | undefined
}

/** The one row that takes the focus, and the keys that move it. */
export function useActiveRow({ count, elementOf }: ActiveRowOptions) {
  const [wanted, setWanted] = useState(0)
  const [isMoving, setIsMoving] = useState(false)
  const index = Math.min(wanted, Math.max(0, count - 1))

  useEffect(() => {
    if (!isMoving) return
    elementOf(index)?.focus({ preventScroll: true })
    setIsMoving(false)
  }, [isMoving, index, elementOf])

  function set(target: number | undefined) {
    if (target !== undefined) setWanted(target)
  }
  function move(event: KeyboardEvent, page: number, scrollTo: (index: number) => void) {
    const target = targetOf(event.key, index, page, count)
    if (target === undefined) return undefined
    event.preventDefault()
    scrollTo(target)
    setWanted(target)
    setIsMoving(true)
    return target
  }
  return { index, set, move }
}

function targetOf(key: string, index: number, page: number, count: number): number | undefined {
  const steps: Record<string, number> = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    PageDown: index + page,
    PageUp: index - page,
    Home: 0,
    End: count - 1,
  }
  const target = steps[key]
  return target === undefined ? undefined : Math.max(0, Math.min(count - 1, target))
}
