import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import type { ListQuestions } from '../../../../shared/contract/bank.ts'
import { api } from '../../../lib/client.ts'

export type BankFilter = Pick<ListQuestions, 'search'> & {
  [Key in 'category' | 'tag' | 'type']?: ListQuestions[Key]
}

/** All rows that were loaded so far, and the way to more. */
export function useBankList(filter: BankFilter) {
  const list = useInfiniteQuery(
    api.bank.list.infiniteOptions({
      input: (after: string | undefined) => ({ ...filter, after, limit: 100 }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.next ?? undefined,
      placeholderData: keepPreviousData,
    }),
  )
  const { fetchNextPage, isFetchingNextPage } = list
  const loadMore = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage()
  }, [fetchNextPage, isFetchingNextPage])
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? []
  return { list, rows, total: list.data?.pages[0]?.total ?? null, loadMore }
}
