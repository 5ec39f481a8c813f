import { expect, it } from 'vitest'
import type { PackedRow } from '../../main/sync/packed.ts'
import { packedValuesOf, placesOfColumns } from '../../main/sync/rows.ts'
import { PullReply } from '../../main/sync/wire.ts'
import { rowsIn } from './page.ts'

const about = { upto: 9, leaves: [], cursor: 9, hasMore: false, acknowledged: 0 }
const stamp = [1, 2]
const packed = {
  table: 7,
  columns: ['name', 'order'],
  rows: [
    [8, 101, stamp, ['b', null]],
    [3, 100, stamp, ['a', 1.5]],
  ],
}

it('reads packed rows among the others, by feed number', () => {
  const other = { number: 5, table: 9, id: 1, values: { text: 'c' }, stamp, stamps: { text: [2, 2] } }
  expect(rowsIn(PullReply.parse({ ...about, packed: [packed], rows: [other] }))).toEqual([
    { number: 3, table: 7, id: 100, values: { name: 'a', order: 1.5 }, stamp },
    other,
    { number: 8, table: 7, id: 101, values: { name: 'b', order: null }, stamp },
  ])
})

const [row] = packed.rows
it.each([
  ['a value too many', { rows: [[8, 101, stamp, ['b', null, 1]]] }],
  ['a value too few', { rows: [[8, 101, stamp, ['b']]] }],
  ['a value that is a list', { rows: [[8, 101, stamp, ['b', []]]] }],
  ['a value that is a truth', { rows: [[8, 101, stamp, ['b', true]]] }],
  ['no list of values', { rows: [[8, 101, stamp, { 0: 'b', 1: null, length: 2 }]] }],
  ['no id', { rows: [[8, null, stamp, ['b', null]]] }],
  ['no place in the feed', { rows: [[0, 101, stamp, ['b', null]]] }],
  ['a stamp of half a site', { rows: [[8, 101, [1, 0.5], ['b', null]]] }],
  ['a stamp beyond the last site', { rows: [[8, 101, [1, 2 ** 21], ['b', null]]] }],
  ['a clock before the first', { rows: [[8, 101, [-1, 2], ['b', null]]] }],
  ['something behind the values', { rows: [[...(row ?? []), 1]] }],
  ['a row that is no list', { rows: [{}] }],
  ['no list of rows', { rows: {} }],
  ['a column that is none', { columns: ['name', '__proto__'] }],
  ['a column with a quote', { columns: ['name', 'or"der'] }],
  ['no table', { table: 0 }],
])('reads nothing of a page with %s', (_, change) => {
  expect(PullReply.safeParse({ ...about, packed: [packed], rows: [] }).success).toBe(true)
  expect(PullReply.safeParse({ ...about, packed: [{ ...packed, ...change }], rows: [] }).success).toBe(false)
})

it('puts packed values where the columns of the table are, and only where these are the same', () => {
  const table = { columns: ['order', 'name'] }
  const places = placesOfColumns(packed.columns, table)
  expect(places).toEqual([1, 0])
  const rows: PackedRow[] = [[8, 101, [1, 2], ['b', null]]]
  expect(packedValuesOf(rows, places ?? [])).toEqual([101, null, 'b'])
  for (const columns of [['order'], ['order', 'name', 'kind'], ['order', 'kind']])
    expect(placesOfColumns(packed.columns, { columns })).toBeUndefined()
})
