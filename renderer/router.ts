import { createRouter, type RouterHistory } from '@tanstack/react-router'
import { focusAfterNavigation } from './lib/focus-after-navigation.ts'
import type { RouterContext } from './lib/guards.ts'
import { clearProblem } from './lib/toast.ts'
import { routeTree } from './routes.tsx'
import { WholeProblem } from './ui/PageProblem.tsx'
import { PageSkeleton } from './ui/PageSkeleton.tsx'

/** `history` keeps the place behind the `#`, so that the same files work under `app://` and under any HTTP address. */
export function createAppRouter({ history, ...context }: RouterContext & { history: RouterHistory }) {
  const router = createRouter({
    routeTree,
    context,
    history,
    defaultErrorComponent: WholeProblem,
    defaultPendingComponent: PageSkeleton,
    defaultPendingMs: 400,
    defaultPendingMinMs: 0,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
  })
  focusAfterNavigation(router)
  router.subscribe('onBeforeNavigate', ({ fromLocation, pathChanged }) => {
    if (fromLocation && pathChanged) clearProblem()
  })
  return router
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
