import type { QueryClient } from '@tanstack/react-query'
import { createHashHistory, createRouter } from '@tanstack/react-router'
import { focusAfterNavigation } from './lib/focus-after-navigation.ts'
import { routeTree } from './routes.tsx'
import { WholeProblem } from './ui/PageProblem.tsx'
import { PageSkeleton } from './ui/PageSkeleton.tsx'

/** The place is kept behind the `#`, so that the same files work under `app://` and under any HTTP address. */
export function createAppRouter(queryClient: QueryClient) {
  const router = createRouter({
    routeTree,
    context: { queryClient },
    history: createHashHistory(),
    defaultErrorComponent: WholeProblem,
    defaultPendingComponent: PageSkeleton,
    defaultPendingMs: 400,
    defaultPendingMinMs: 0,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
  })
  focusAfterNavigation(router)
  return router
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>
  }
}
