import type { AnyRouter } from '@tanstack/react-router'

/**
 * After a move to another page the reader of the screen hears its heading. A panel that opened or closed over the same page
 * takes care of the focus itself.
 */
export function focusAfterNavigation(router: AnyRouter) {
  let present: Element | null = null
  router.subscribe('onRendered', ({ fromLocation }) => {
    const heading = document.querySelector<HTMLElement>('main h1')
    if (heading === present) return
    present = heading
    if (fromLocation && !document.querySelector('[role="dialog"]')) heading?.focus({ preventScroll: true })
  })
}
