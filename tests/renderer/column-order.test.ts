import { describe, expect, it } from 'vitest'
import { filtersIn, linkOf } from '../../renderer/lib/list-searches.ts'
import type { Column } from '../../renderer/ui/columns.ts'
import { inSequence, moved, shownColumns } from '../../renderer/ui/order.ts'

const columns: Column<string>[] = ['name', 'phone', 'trainer', 'status'].map((id) => ({
  id,
  header: id,
  width: '1fr',
  cell: () => id,
}))
const ids = (some: { id: string }[]) => some.map(({ id }) => id).join(' ')

describe('the columns of a list', () => {
  it('stand as they were given, the first one first whatever an address says, and newer ones last', () => {
    expect(ids(shownColumns(columns, {}))).toBe('name phone trainer status')
    expect(ids(shownColumns(columns, { sequence: ['status', 'name', 'phone'] }))).toBe('name status phone trainer')
    expect(ids(shownColumns(columns, { hide: ['name', 'phone'], sequence: ['status'] }))).toBe('name status trainer')
    expect(ids(inSequence(columns, ['gone', 'trainer']))).toBe('trainer name phone status')
  })

  it('move by one place, and stay where nothing lies beyond', () => {
    expect(moved(['a', 'b', 'c'], 'b', -1)).toEqual(['b', 'a', 'c'])
    expect(moved(['a', 'b', 'c'], 'b', 1)).toEqual(['a', 'c', 'b'])
    expect(moved(['a', 'b', 'c'], 'a', -1)).toEqual(['a', 'b', 'c'])
    expect(moved(['a', 'b', 'c'], 'c', 1)).toEqual(['a', 'b', 'c'])
  })

  it.each(['people', 'assessments', 'bank', 'documents', 'results'] as const)(
    'are kept in a view of %s and come back with it',
    (list) => {
      const filters = filtersIn(list, { sequence: ['status', 'phone'], hide: ['trainer'] })
      expect(filters).toEqual({ sequence: ['status', 'phone'], hide: ['trainer'] })
      expect(linkOf(list, filters).search).toMatchObject({ sequence: ['status', 'phone'] })
      expect(filtersIn(list, { sequence: 'status' })).toEqual({})
    },
  )
})
