import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { api } from './client.ts'
import { ConnectionLost } from './connection.ts'
import { refusalOf } from './refusal.ts'

/**
 * The core is on this machine or in this room, so calls go out whether or not there is an internet. `onSignedOut` is called
 * when the door no longer knows who is asking, after everything it said to that person is forgotten.
 */
export function createQueryClient({ onSignedOut }: { onSignedOut: () => void }): QueryClient {
  const onError = (error: unknown) => {
    if (refusalOf(error)?.key !== 'door.signInFirst') return
    queryClient.setQueryData(api.identity.me.queryKey(), { kind: 'nobody' })
    onSignedOut()
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
