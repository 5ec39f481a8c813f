import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { ListBeneficiaries } from '../../../shared/contract/beneficiaries.ts'
import { api } from '../../lib/client.ts'

export type BeneficiaryFilter = Pick<ListBeneficiaries, 'status' | 'trainerId' | 'own' | 'order'> & { search: string }

/** All rows that were loaded so far, and the way to more. The rows of the last search stay until those of the next are there. */
export function useBeneficiaryList(filter: BeneficiaryFilter) {
  const list = useInfiniteQuery(
    api.beneficiaries.list.infiniteOptions({
      input: (after: string | undefined) => ({ ...filter, after, limit: 100 }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.next ?? undefined,
      placeholderData: keepPreviousData,
      refetchOnWindowFocus: false,
      // Comparing all that is loaded with itself takes longer with every page.
      structuralSharing: false,
    }),
  )
  const pages = list.data?.pages
  return {
    list,
    rows: useMemo(() => pages?.flatMap((page) => page.rows) ?? [], [pages]),
    total: list.data?.pages[0]?.total ?? null,
  }
}
