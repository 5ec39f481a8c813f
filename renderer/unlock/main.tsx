import '../lib/no-eval.ts'
import '../ui/global.css'
import { QueryClient } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { UnlockScreen } from '../features/unlock/UnlockScreen.tsx'
import { startFieldMessages } from '../lib/field-messages.ts'
import { startI18n } from '../lib/i18n.ts'
import { startPagePolicy } from '../lib/page-policy.ts'
import { Providers } from '../Providers.tsx'

startPagePolicy()
startFieldMessages()
await startI18n()

const always = { networkMode: 'always' } as const
const queryClient = new QueryClient({ defaultOptions: { queries: { ...always, retry: false }, mutations: always } })

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <Providers queryClient={queryClient}>
      <UnlockScreen />
    </Providers>
  </StrictMode>,
)
