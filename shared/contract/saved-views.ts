import * as z from 'zod'
import { Done, Id, mutation, query, Timestamp } from './base.ts'

/** The lists that are long enough to come back to them in the same way. */
export const savedLists = ['people', 'assessments', 'bank', 'documents', 'calendar', 'results'] as const
export const SavedList = z.enum(savedLists)
export type SavedList = z.infer<typeof SavedList>

/** What stands in the address of a list: its search, filters, order and columns. */
export const ListFilters = z
  .record(
    z.string().max(30),
    z.union([z.string().max(500), z.number(), z.boolean(), z.array(z.string().max(60)).max(30)]),
  )
  .refine((filters) => Object.keys(filters).length <= 20, { error: 'at most 20 filters' })
export type ListFilters = z.infer<typeof ListFilters>

const ViewName = z.string().trim().min(1).max(60)

export const SavedView = z.object({
  id: Id,
  list: SavedList,
  name: z.string(),
  filters: ListFilters,
  /** Everybody of the organization has it. */
  isShared: z.boolean(),
  /** The list begins with it. One's own goes before that of the organization. */
  isFirst: z.boolean(),
  /** By whoever asks. */
  isChangeable: z.boolean(),
  updatedAt: Timestamp,
})
export type SavedView = z.infer<typeof SavedView>

/** So many of one list are kept for one person, and as many for everybody. */
export const mostViews = 50

export const savedViews = {
  /** One's own and those of everybody, by name; and how the caller left each list on this machine. */
  list: query().output(
    z.object({ views: z.array(SavedView), kept: z.array(z.object({ list: SavedList, filters: ListFilters })) }),
  ),
  /** For everybody by administrators alone. */
  save: mutation({ action: 'savedViews.save', resource: 'saved_views' })
    .input(
      z.object({
        list: SavedList,
        name: ViewName,
        filters: ListFilters,
        isShared: z.boolean().default(false),
        isFirst: z.boolean().default(false),
      }),
    )
    .output(z.object({ id: Id })),
  update: mutation({ action: 'savedViews.update', resource: 'saved_views' })
    .input(
      z.object({
        id: Id,
        name: ViewName.optional(),
        filters: ListFilters.optional(),
        isFirst: z.boolean().optional(),
      }),
    )
    .output(Done),
  remove: mutation({ action: 'savedViews.remove', resource: 'saved_views' })
    .input(z.object({ id: Id }))
    .output(Done),
  /** How the caller left a list, for when they come back to it at this machine. */
  keep: mutation({ none: 'how a list stands on a screen is nothing that was done to anybody' })
    .input(z.object({ list: SavedList, filters: ListFilters }))
    .output(Done),
}
