import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { ListFilters, SavedList } from '../../../shared/contract/saved-views.ts'
import { api, client } from '../../lib/client.ts'
import { areSame, filtersIn, linkOf } from '../../lib/list-searches.ts'

/** How a list stands in the address, the views that are saved of it, and the way from one to the other. */
export function useListView(list: SavedList) {
  const navigate = useNavigate()
  const filters = filtersIn(list, useSearch({ strict: false }))
  const { data } = useQuery(api.savedViews.list.queryOptions())
  const views = data?.views.filter((view) => view.list === list) ?? []
  useKept(list, filters)
  return {
    filters,
    views,
    current: views.find((view) => areSame(filtersIn(list, view.filters), filters)),
    show: (next: ListFilters) => void navigate({ ...linkOf(list, next), replace: true }),
  }
}

/** What is changed here is how the list was left; how somebody was led here is not. What fails is only less convenient. */
function useKept(list: SavedList, filters: ListFilters) {
  const queryClient = useQueryClient()
  const last = useRef(filters)
  useEffect(() => {
    if (areSame(last.current, filters)) return
    last.current = filters
    queryClient.setQueryData(
      api.savedViews.list.queryKey(),
      (before) => before && { ...before, kept: [...before.kept.filter((one) => one.list !== list), { list, filters }] },
    )
    void client.savedViews.keep({ list, filters }).catch(() => undefined)
  })
}
