import { useNavigate } from '@tanstack/react-router'
import { type RefObject, useEffect, useRef } from 'react'

interface Options {
  /** In the order of the list. */
  threads: readonly string[]
  /** Which of them is open. */
  thread: string | undefined
  write: () => void
}

/**
 * Single letters, and only while the focus is in the messages and in no field: whoever dictates to the computer must not
 * set them off (WCAG 2.1.4).
 */
export function useMessageKeys(screen: RefObject<HTMLElement | null>, { threads, thread, write }: Options) {
  const navigate = useNavigate()
  const place = thread === undefined ? -1 : threads.indexOf(thread)
  const go = (target: number) => {
    const wanted = threads[Math.max(0, Math.min(threads.length - 1, target))]
    if (wanted) void navigate({ to: '/messages/$thread', params: { thread: wanted }, search: true })
  }
  const keys: Record<string, () => void> = {
    j: () => go(place + 1),
    k: () => go(place - 1),
    c: write,
    n: write,
    r: () => answer('sender'),
    a: () => answer('all'),
  }
  const present = useRef(keys)
  useEffect(() => {
    present.current = keys
  })
  useEffect(() => {
    const { current: element } = screen
    const onKey = (event: KeyboardEvent) => pressed(event, present.current)
    element?.addEventListener('keydown', onKey)
    return () => element?.removeEventListener('keydown', onKey)
  }, [screen])
}

function pressed(event: KeyboardEvent, keys: Record<string, () => void>) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isField(event.target)) return
  moveInList(event)
  const act = keys[event.key.toLowerCase()]
  if (!act) return
  event.preventDefault()
  act()
}

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof Element && target.closest('input, textarea, select, [contenteditable], [role="dialog"]') !== null
  )
}

/** The arrows go along the list, while the focus is in it. */
function moveInList(event: KeyboardEvent) {
  const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }
  const step = steps[event.key]
  if (step === undefined || !(event.target instanceof HTMLElement)) return
  const rows = [...(event.target.closest('ul')?.querySelectorAll<HTMLElement>('a[data-thread]') ?? [])]
  const place = rows.indexOf(event.target)
  if (place < 0) return
  event.preventDefault()
  rows[place + step]?.focus()
}

/** The field of the answer stands in the open conversation. */
function answer(to: 'sender' | 'all') {
  const form = document.querySelector('form[data-answers]')
  if (to === 'all') form?.querySelector<HTMLInputElement>('input[type="radio"][value="all"]')?.click()
  form?.querySelector('textarea')?.focus()
}
