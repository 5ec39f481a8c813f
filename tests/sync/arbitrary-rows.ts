import * as fc from 'fast-check'
import { registry, type TableName } from '../../main/database/registry.ts'
import { registersOf, rulesOf } from '../../main/sync/rules.ts'
import type { RowState, Stamp, Value } from '../../main/sync/state.ts'
import { readSchema } from './schema.ts'

/** Few sites and clocks, so that what is rare between real machines (the same clock, the same stamp) is common here. */
const sites = [0, 1, 2, 3, 2_097_151]
const clock = fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 6 }) }, fc.constant(Number.MAX_SAFE_INTEGER))
const site = fc.constantFrom(...sites)

const stamp: fc.Arbitrary<Stamp> = fc.tuple(clock, site)

/** As SQLite holds values, with the ones that two implementations may write differently. */
export const value: fc.Arbitrary<Value> = fc.oneof(
  fc.constantFrom<Value>(null, '', 'a', 'b', 0, 1, -1, 0.1, 1.5e300, 'é', '\u{1f600}', '￿', '"\\\n', '{"a":1}', 'null'),
  fc.integer({ min: -9, max: 9 }),
  fc.string({ maxLength: 3, unit: 'grapheme' }),
)

export interface TableColumns {
  table: TableName
  columns: readonly string[]
}

/** Every table that travels, with its columns. */
export function syncedTables(): TableColumns[] {
  return readSchema().map(({ name, columns }) => ({ table: name, columns }))
}

/** `count` states of one row of one table, as unlike each other as the shapes on the wire allow. */
export function statesOfOneRow(
  count: number,
  tables: TableColumns[],
): fc.Arbitrary<{ table: TableName; states: RowState[] }> {
  return fc.constantFrom(...tables).chain(({ table, columns }) =>
    fc.record({
      table: fc.constant(table),
      states: fc.array(stateOf(table, columns), { minLength: count, maxLength: count }),
    }),
  )
}

/** A register is there as a whole or not at all: a column that a later program adds is a register of its own. */
export function stateOf(table: TableName, columns: readonly string[]): fc.Arbitrary<RowState> {
  const rules = rulesOf(table)
  const blank = { table: registry[table].number, id: 1, stamp: [0, 0] as Stamp }
  const all = registersOf(rules, { ...blank, values: Object.fromEntries(columns.map((column) => [column, null])) })
  return fc
    .record({
      present: fc.oneof(
        { weight: 8, arbitrary: fc.constant(all) },
        { weight: 2, arbitrary: fc.subarray(all, { minLength: 0 }) },
      ),
      values: fc.array(value, { minLength: columns.length, maxLength: columns.length }),
      base: stamp,
      later: fc.dictionary(fc.constantFrom(...all.map(({ name }) => name)), stamp, {
        maxKeys: 3,
        noNullPrototype: true,
      }),
      seen: vector(),
      deletion: fc.option(fc.record({ stamp, saw: vector() }), { freq: 2 }),
    })
    .map(({ present, values, base, later, seen, deletion }) => {
      const written = new Set(present.flatMap(({ columns: its }) => its))
      const kept = Object.entries(later).filter(([name]) => present.some((register) => register.name === name))
      const known = [base, ...kept.map(([, its]) => its), ...(deletion ? [deletion.stamp] : [])]
      return {
        ...blank,
        values: Object.fromEntries(
          columns.flatMap((column, index) => (written.has(column) ? [[column, values[index] ?? null]] : [])),
        ),
        stamp: base,
        ...(kept.length > 0 && { stamps: Object.fromEntries(kept) }),
        seen: covering({ ...seen, ...deletion?.saw }, known),
        ...(deletion && { deletion }),
      }
    })
}

function vector(): fc.Arbitrary<Record<string, number>> {
  return fc.dictionary(fc.constantFrom(...sites.map(String)), clock, { maxKeys: 3, noNullPrototype: true })
}

/** Whoever holds a write has seen it. */
function covering(seen: Record<string, number>, stamps: Stamp[]): Record<string, number> {
  const all = { ...seen }
  for (const [at, by] of stamps) all[by] = Math.max(all[by] ?? 0, at)
  return all
}
