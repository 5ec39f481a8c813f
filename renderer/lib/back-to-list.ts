import { redirect } from '@tanstack/react-router'
import type { SavedList } from '../../shared/contract/saved-views.ts'
import { api } from './client.ts'
import type { Entry } from './guards.ts'
import { filtersIn, linkOf } from './list-searches.ts'

export interface ListEntry extends Entry {
  location: { href: string; pathname: string }
  search: object
  cause: 'enter' | 'stay' | 'preload'
}

/** Whoever comes to a list by its name finds it as they left it, or else as their first view shows it. */
export function backTo(list: SavedList, admit: (entry: Entry) => Promise<void>) {
  return async (entry: ListEntry): Promise<void> => {
    await admit(entry)
    const { context, location, search, cause } = entry
    const link = linkOf(list, {})
    if (cause !== 'enter' || location.pathname !== link.to || Object.keys(filtersIn(list, search)).length > 0) return
    const { views, kept } = await context.queryClient.ensureQueryData(api.savedViews.list.queryOptions())
    const left = filtersIn(list, kept.find((one) => one.list === list)?.filters ?? {})
    const firsts = views.filter((view) => view.list === list && view.isFirst)
    const first = firsts.find(({ isShared }) => !isShared) ?? firsts[0]
    const filters = Object.keys(left).length > 0 ? left : filtersIn(list, first?.filters ?? {})
    if (Object.keys(filters).length > 0) throw redirect({ ...linkOf(list, filters), replace: true })
  }
}
