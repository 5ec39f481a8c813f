import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { api } from './client.ts'
import { ConnectionLost } from './connection.ts'
import { isWaitingForUnlock, refusalOf } from './refusal.ts'

interface QueryClientOptions {
  /** The door no longer knows who is asking. `forget` makes the pages see nobody. */
  onSignedOut: (forget: () => void) => void
  /** The screen was left, here or in another window, and the door answers nothing until the password is given. */
  onLocked?: () => void
  /** The program was started again and has to be unlocked first, on a page of its own. */
  onWaitingForUnlock?: () => void
}

/** The core is on this machine or in this room, so calls go out whether or not there is an internet. */
export function createQueryClient({ onSignedOut, onLocked, onWaitingForUnlock }: QueryClientOptions): QueryClient {
  const onError = (error: unknown) => {
    const key = refusalOf(error)?.key
    if (isWaitingForUnlock(error)) onWaitingForUnlock?.()
    if (key === 'door.locked') onLocked?.()
    if (key !== 'door.signInFirst') return
    onSignedOut(() => queryClient.setQueryData(api.identity.me.queryKey(), { kind: 'nobody' }))
  }
  const queryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: { networkMode: 'always', retry: isWorthAnotherTry, retryDelay: 400 },
      mutations: { networkMode: 'always' },
    },
  })
  return queryClient
}

/** Whatever the core answered, it will answer again; only a lost connection may come back. */
function isWorthAnotherTry(failures: number, error: unknown) {
  return failures < 3 && error instanceof ConnectionLost
}
