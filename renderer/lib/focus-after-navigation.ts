import type { AnyRouter } from '@tanstack/react-router'

/** After a move to another page the reader of the screen hears its heading; a panel or dialog that opened takes care of itself. */
export function focusAfterNavigation(router: AnyRouter) {
  router.subscribe('onRendered', ({ fromLocation, pathChanged }) => {
    if (!fromLocation || !pathChanged || document.querySelector('[role="dialog"]')) return
    document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
  })
}
