import type { LinkProps } from '@tanstack/react-router'
import * as z from 'zod'
import { EventElsewhere } from '../../shared/contract/appointments.ts'
import { AssessmentStatus } from '../../shared/contract/assessments.ts'
import { Day, Id } from '../../shared/contract/base.ts'
import { BeneficiaryStatus } from '../../shared/contract/beneficiaries.ts'
import { AttemptState } from '../../shared/contract/delivery.ts'
import { documentViews } from '../../shared/contract/documents.ts'
import { OwnKey } from '../../shared/contract/own-fields.ts'
import { Category, questionTypes, Tag } from '../../shared/contract/questions.ts'
import type { ListFilters, SavedList } from '../../shared/contract/saved-views.ts'
import { calendarViews } from './calendar-days.ts'

/** A search parameter that somebody mistyped is dropped, not shown as an error. */
export const search = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined)

const text = search(z.coerce.string().max(200))
const ids = search(z.array(z.string().max(30)).max(30))
/** The columns that are left out, and the order of those that are not as they were. */
const columns = { hide: ids, sequence: ids }
/** With a column that the rows are in the order of, with a minus before it where the last comes first. */
const arranged = { order: search(z.string().regex(/^-?[a-z]{1,20}$/i)), ...columns }

/** What stands in the address of each long list. */
export const listSearches = {
  people: z.object({
    search: text,
    status: search(BeneficiaryStatus),
    trainer: search(Id),
    field: search(z.coerce.string().pipe(OwnKey)),
    value: search(z.coerce.string().max(500)),
    ...arranged,
  }),
  assessments: z.object({ search: text, status: search(AssessmentStatus), ...arranged }),
  bank: z.object({
    search: text,
    category: search(Category),
    tag: search(Tag),
    type: search(z.enum(questionTypes)),
    ...columns,
  }),
  documents: z.object({
    search: text,
    category: search(z.string().max(50)),
    tag: search(z.string().max(50)),
    person: search(Id),
    which: search(z.enum(documentViews)),
    ...arranged,
  }),
  calendar: z.object({ view: search(z.enum(calendarViews)), search: text, trainer: search(Id) }),
  results: z.object({
    search: text,
    state: search(AttemptState),
    assessment: search(Id),
    beneficiary: search(Id),
    ...columns,
  }),
} as const satisfies Record<SavedList, z.ZodType>

/** Where the calendar is, and what is open beside it: nothing of a view that is kept. */
export const calendarSearch = listSearches.calendar.extend({
  day: search(Day),
  /** Which one of a series the panel beside it shows. */
  occurrence: search(z.int().min(0)),
  /** Where a new appointment begins, in the time of this machine. */
  at: search(z.iso.datetime({ local: true, precision: -1 })),
  /** The event of a calendar elsewhere that a new appointment is made of. */
  event: search(EventElsewhere),
})

/** What of an address belongs to a list, without what says nothing. */
export function filtersIn(list: SavedList, address: unknown): ListFilters {
  const found: Record<string, ListFilters[string] | undefined> = listSearches[list].parse(address)
  return Object.fromEntries(
    Object.entries(found).flatMap(([key, value]) => (value === undefined || value === '' ? [] : [[key, value]])),
  )
}

export function areSame(one: ListFilters, other: ListFilters): boolean {
  const inOrder = (filters: ListFilters) => JSON.stringify(Object.entries(filters).sort())
  return inOrder(one) === inOrder(other)
}

type ListLink = Pick<LinkProps, 'to' | 'search'>

/** The list as these filters show it. */
export function linkOf(list: SavedList, filters: ListFilters): ListLink {
  switch (list) {
    case 'people':
      return { to: '/beneficiaries', search: listSearches.people.parse(filters) }
    case 'assessments':
      return { to: '/assessments', search: listSearches.assessments.parse(filters) }
    case 'bank':
      return { to: '/bank', search: listSearches.bank.parse(filters) }
    case 'documents':
      return { to: '/documents', search: listSearches.documents.parse(filters) }
    case 'calendar':
      return { to: '/calendar', search: listSearches.calendar.parse(filters) }
    case 'results':
      return { to: '/results', search: listSearches.results.parse(filters) }
  }
}
