import type { AnyRouter } from '@tanstack/react-router'

/** How long a heading may take to appear, in milliseconds; later it would surprise somebody who went on. */
const patience = 5000

/**
 * Another page begins at its top, and the reader of the screen hears its heading as soon as it has one. A panel or dialog
 * that opened or closed over the same page takes care of the focus itself.
 */
export function focusAfterNavigation(router: AnyRouter) {
  let before: Element | null = null
  let giveUp = () => {}
  router.subscribe('onBeforeNavigate', () => {
    before = document.querySelector('main h1')
  })
  router.subscribe('onRendered', ({ fromLocation, pathChanged }) => {
    const heading = document.querySelector('main h1')
    const isSamePage = heading !== null && heading === before
    if (!fromLocation || !pathChanged || isSamePage) return
    document.querySelector('main')?.scrollTo({ top: 0 })
    giveUp()
    giveUp = focusHeadingSoon()
  })
}

/** For the end of something that takes its own buttons away; returns how to call it off. */
export function focusHeadingSoon(): () => void {
  return whenPossible(focusHeading)
}

function focusHeading(): boolean {
  const heading = document.querySelector<HTMLElement>('main h1')
  if (!heading || document.querySelector('[role="dialog"]')) return false
  heading.focus({ preventScroll: true })
  return true
}

/** Tries again whenever the page changes, until it works, somebody does something, or patience ends. */
function whenPossible(attempt: () => boolean): () => void {
  const ended = new AbortController()
  const stop = () => ended.abort()
  if (attempt()) return stop
  const observer = new MutationObserver(() => attempt() && stop())
  observer.observe(document.body, { childList: true, subtree: true })
  const timer = setTimeout(stop, patience)
  ended.signal.addEventListener('abort', () => {
    observer.disconnect()
    clearTimeout(timer)
  })
  // The key that led here may still be on its way through the document.
  const begunAt = performance.now()
  const stopLater = (event: Event) => event.timeStamp > begunAt && stop()
  for (const event of ['keydown', 'pointerdown']) window.addEventListener(event, stopLater, { signal: ended.signal })
  return stop
}
