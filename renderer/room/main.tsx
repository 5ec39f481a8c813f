import '../lib/no-eval.ts'
import '../ui/global.css'
import { createHashHistory, createRouter, RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { startFieldMessages } from '../lib/field-messages.ts'
import { focusAfterNavigation } from '../lib/focus-after-navigation.ts'
import { startI18n } from '../lib/i18n.ts'
import { startPagePolicy } from '../lib/page-policy.ts'
import { createQueryClient } from '../lib/query-client.ts'
import { startSecondPresses } from '../lib/second-press.ts'
import { Providers } from '../Providers.tsx'
import { WholeProblem } from '../ui/PageProblem.tsx'
import { PageSkeleton } from '../ui/PageSkeleton.tsx'
import { roomRoutes } from './routes.tsx'

startPagePolicy()
startFieldMessages()
startSecondPresses()
await startI18n()

const queryClient = createQueryClient({
  onSignedOut(forget) {
    forget()
    router.history.push('/')
  },
})
const router = createRouter({
  routeTree: roomRoutes,
  context: { queryClient, comeBack: () => false, lock: () => {} },
  history: createHashHistory(),
  defaultErrorComponent: WholeProblem,
  defaultPendingComponent: PageSkeleton,
  defaultPendingMs: 400,
  defaultPendingMinMs: 0,
})
focusAfterNavigation(router)

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <Providers queryClient={queryClient}>
      <RouterProvider router={router} />
    </Providers>
  </StrictMode>,
)
