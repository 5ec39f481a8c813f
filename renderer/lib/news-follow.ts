import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { api } from './client.ts'

const channelName = 'bdc.news'

/** Messages and notifications, and how many of them are unread. */
export function refreshNews(queryClient: QueryClient) {
  const areas = [api.messages, api.notifications]
  return Promise.all(areas.map((area) => queryClient.invalidateQueries({ queryKey: area.key() })))
}

/** Makes everything that shows messages or notifications follow a change, in this window and in the others of this browser. */
export function useNewsFollow() {
  const queryClient = useQueryClient()
  return async () => {
    const others = new BroadcastChannel(channelName)
    others.postMessage('changed')
    others.close()
    await refreshNews(queryClient)
  }
}

/** Follows what other windows say, as long as this one is there; `current` has what it shows now. */
export function followNewsOfOtherWindows(current: () => QueryClient | undefined) {
  const others = new BroadcastChannel(channelName)
  others.onmessage = () => {
    const queryClient = current()
    if (queryClient) void refreshNews(queryClient)
  }
}
