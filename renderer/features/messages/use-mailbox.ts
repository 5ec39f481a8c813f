import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { ListThreads, ThreadRow } from '../../../shared/contract/messages.ts'
import { api } from '../../lib/client.ts'

const route = getRouteApi('/staff/messages')

/** Which messages are shown lives in the address, so that it survives going back and a reload. */
export function useMailbox() {
  const { box = 'all', search = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const threads = useInfiniteQuery(
    api.messages.threads.infiniteOptions({
      input: (after: ListThreads['after']) => ({ box: box === 'drafts' ? ('all' as const) : box, search, after }),
      initialPageParam: undefined,
      getNextPageParam: ({ rows, hasMore }) => (hasMore ? afterOf(rows.at(-1)) : undefined),
      placeholderData: keepPreviousData,
      enabled: box !== 'drafts',
    }),
  )
  const drafts = useQuery(api.messages.drafts.queryOptions({ enabled: box === 'drafts' }))
  return {
    box,
    search,
    threads,
    drafts,
    rows: box === 'drafts' ? [] : (threads.data?.pages.flatMap((page) => page.rows) ?? []),
    show: (part: ReturnType<typeof route.useSearch>) =>
      void navigate({ to: '.', search: (before) => ({ ...before, ...part }), replace: true }),
  }
}

export type Mailbox = ReturnType<typeof useMailbox>

function afterOf(last: ThreadRow | undefined) {
  return last && { lastAt: last.lastAt, thread: last.thread }
}
