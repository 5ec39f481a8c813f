import { hashKey, type QueryClient, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { Me } from '../../shared/contract/identity.ts'
import type { ActorKind } from '../../shared/permissions.ts'
import { api, client } from './client.ts'

export function useMe(): Me {
  return useSuspenseQuery(api.identity.me.queryOptions()).data
}

export function actorKindOf(me: Me): ActorKind {
  if (me.kind === 'kiosk' && me.isRoom) return 'room'
  return me.kind === 'user' ? me.user.role : me.kind
}

/** To be called after this screen changed hands: forgets what was shown to the one before and goes home, or to an address. */
export function useSessionChanged() {
  const queryClient = useQueryClient()
  const router = useRouter()
  return async function sessionChanged(destination = '/') {
    await forgetEverythingBut(queryClient)
    router.history.push(destination)
  }
}

/** Keeps the two queries that every screen watches: one that is removed under its watchers never reaches them again. */
async function forgetEverythingBut(queryClient: QueryClient) {
  const [me, status] = await Promise.all([client.identity.me(), client.setup.status()])
  const kept = new Set([api.identity.me.queryKey(), api.setup.status.queryKey()].map((key) => hashKey(key)))
  queryClient.removeQueries({ predicate: (query) => !kept.has(query.queryHash) })
  queryClient.getMutationCache().clear()
  queryClient.setQueryData(api.setup.status.queryKey(), status)
  queryClient.setQueryData(api.identity.me.queryKey(), me)
}
