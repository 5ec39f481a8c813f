import './lib/no-eval.ts'
import './ui/global.css'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { startFieldMessages } from './lib/field-messages.ts'
import { startI18n } from './lib/i18n.ts'
import { startPagePolicy } from './lib/page-policy.ts'
import { createQueryClient } from './lib/query-client.ts'
import { followOtherWindows } from './lib/results-follow.ts'
import { Providers } from './Providers.tsx'
import { createAppRouter } from './router.ts'

startPagePolicy()
startFieldMessages()
await startI18n()

const queryClient = createQueryClient({ onSignedOut: () => void router.navigate({ to: '/' }) })
const router = createAppRouter(queryClient)
followOtherWindows(queryClient)

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <Providers queryClient={queryClient}>
      <RouterProvider router={router} />
    </Providers>
  </StrictMode>,
)
