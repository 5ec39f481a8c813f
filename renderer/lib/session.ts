import { hashKey, type QueryClient, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { Me } from '../../shared/contract/identity.ts'
import type { ActorKind } from '../../shared/permissions.ts'
import { api, client } from './client.ts'
import { clearToasts } from './toast.ts'

export function useMe(): Me {
  return useSuspenseQuery(api.identity.me.queryOptions()).data
}

export function actorKindOf(me: Me): ActorKind {
  if (me.kind === 'kiosk' && me.isRoom) return 'room'
  if (me.kind === 'user') return me.isVerified ? me.user.role : 'unverified'
  return me.kind
}

/**
 * To be called after this screen changed hands: forgets what was shown to the one before and goes home, to an address, or to
 * the pages that this person has left here.
 */
export function useSessionChanged() {
  const queryClient = useQueryClient()
  const router = useRouter()
  return async function sessionChanged(destination = '/') {
    const me = await forgetEverythingBut(queryClient)
    clearToasts()
    if (router.options.context.comeBack(me)) return
    router.history.push(destination)
  }
}

/** Keeps the two queries that every screen watches: one that is removed under its watchers never reaches them again. */
async function forgetEverythingBut(queryClient: QueryClient): Promise<Me> {
  const [me, status] = await Promise.all([client.identity.me(), client.setup.status()])
  const kept = new Set([api.identity.me.queryKey(), api.setup.status.queryKey()].map((key) => hashKey(key)))
  queryClient.removeQueries({ predicate: (query) => !kept.has(query.queryHash) })
  queryClient.getMutationCache().clear()
  queryClient.setQueryData(api.setup.status.queryKey(), status)
  queryClient.setQueryData(api.identity.me.queryKey(), me)
  return me
}
