import { useQuery } from '@tanstack/react-query'
import { mayUse } from '../../../shared/permissions.ts'
import { api } from '../../lib/client.ts'
import { actorKindOf, useMe } from '../../lib/session.ts'

/** How much is unread; one small question for everything that shows it, also while the window is hidden. */
export function useUnread() {
  const isAllowed = mayUse(actorKindOf(useMe()), 'notifications.unread')
  const { data } = useQuery(
    api.notifications.unread.queryOptions({
      enabled: isAllowed,
      refetchInterval: 15_000,
      refetchIntervalInBackground: true,
    }),
  )
  return { isAllowed, messages: 0, notifications: 0, newest: null, ...data }
}
