import * as fc from 'fast-check'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { centreRules } from '../../../main/centre/rules.ts'
import { isAlive, mergeRows } from '../../../main/sync/merge.ts'
import { rulesOf } from '../../../main/sync/rules.ts'
import type { RowState } from '../../../main/sync/state.ts'
import { inputs } from '../../support/inputs.ts'
import { type PostgresServer, startPostgres } from '../../support/postgres.ts'
import { statesOfOneRow, syncedTables } from '../arbitrary-rows.ts'

let server: PostgresServer
let client: pg.Client
beforeAll(async () => {
  server = await startPostgres()
  client = await server.centre()
})
afterAll(() => server[Symbol.asyncDispose]())

const tables = syncedTables()
const pairs = inputs(12_000)
const batch = 4000
const seed = Number(process.env.MERGE_SEED ?? 20_261_126)

type Sample = { table: Parameters<typeof rulesOf>[0]; states: RowState[] }

function samples(count: number, states: number, offset = 0): Sample[] {
  return fc.sample(statesOfOneRow(states, tables), { numRuns: count, seed: seed + offset })
}

/** The joined state of the first two of each, and what there is to decide, by both programs. */
async function byPostgres<T = { state: object; conflicts: object[] }>(
  some: Sample[],
  expression: string,
): Promise<T[]> {
  const { rows } = await client.query<{ merged: T }>(
    `SELECT ${expression} AS merged FROM jsonb_array_elements($1) WITH ORDINALITY AS s (s, place) ORDER BY place`,
    [
      JSON.stringify(
        some.map(({ table, states }) => ({ rules: centreRules(rulesOf(table)), states: states.map(bare) })),
      ),
    ],
  )
  return rows.map(({ merged }) => merged)
}

const [a, b, c, rules] = [`s -> 'states' -> 0`, `s -> 'states' -> 1`, `s -> 'states' -> 2`, `s -> 'rules'`]

function bare({ table: _table, id: _id, ...state }: RowState) {
  return state
}

describe('the merge in PostgreSQL', () => {
  it(
    `gives what the merge of a machine gives, for ${pairs} pairs`,
    async () => {
      let deletedTwice = 0
      for (let done = 0; done < pairs; done += batch) {
        const some = samples(batch / 4, 3, done).flatMap(({ table, states: [one, other, third] }) => {
          if (!one || !other || !third) throw new Error('no three states')
          const both = mergeRows(one, other, rulesOf(table)).state
          return [
            [one, other],
            [other, third],
            [third, one],
            [both, third],
          ].map((states) => ({ table, states }))
        })
        const theirs = await byPostgres(some, `sync.merge_rows(${a}, ${b}, ${rules})`)
        for (const [index, { table, states }] of some.entries()) {
          const [one, other] = states
          if (!one || !other) throw new Error('no pair')
          if (one.deletion && other.deletion) deletedTwice += 1
          const own = mergeRows(one, other, rulesOf(table))
          const conflicts = own.conflicts.map(({ table: _table, id: _id, ...conflict }) => conflict)
          expect(theirs[index]).toEqual({ state: bare(own.state), conflicts })
        }
      }
      // A sample without deletions would prove little.
      expect(deletedTwice).toBeGreaterThan(pairs / 10)
    },
    inputs(240_000),
  )

  it('says of the same rows that they are alive', async () => {
    const some = samples(batch, 1, pairs)
    const theirs = await byPostgres(some, `to_jsonb(sync.is_alive(${a}, ${rules}))`)
    const own = some.map(({ table, states: [state] }) => state && isAlive(state, rulesOf(table)))
    expect(theirs).toEqual(own)
  })

  it('depends on neither who delivers, nor the order, nor how often', async () => {
    const state = (one: string, other: string) => `(sync.merge_rows(${one}, ${other}, ${rules}) -> 'state')`
    const some = samples(inputs(1_000), 3, pairs + batch)
    const verdicts = await byPostgres(
      some,
      `jsonb_build_array(${state(a, b)} = ${state(b, a)},
        ${state(state(a, b), c)} = ${state(a, state(b, c))},
        ${state(state(a, b), a)} = ${state(a, b)} AND ${state(b, state(a, b))} = ${state(a, b)})`,
    )
    expect([...new Set(verdicts.map((verdict) => JSON.stringify(verdict)))]).toEqual(['[true,true,true]'])
  })

  it('leaves a state as it came only where bringing it into its one form would change nothing', async () => {
    const isSo = (one: string) =>
      `CASE WHEN sync.is_in_one_form(${one}, ${rules}) THEN sync.state_in(${one}, ${rules}) = sync.brought_into_form(${one}, ${rules}) END`
    const verdicts = await byPostgres<(boolean | null)[]>(
      samples(batch, 2, 3 * pairs),
      `(SELECT jsonb_build_array(${isSo(a)}, ${isSo(`(${a}) - 'seen'`)}, ${isSo('merged')}, ${isSo("merged - 'seen'")})
        FROM (SELECT sync.merge_rows(${a}, ${b}, ${rules}) -> 'state' AS merged OFFSET 0) AS m)`,
    )
    const said = verdicts.flat()
    expect(said.filter((verdict) => verdict === false)).toEqual([])
    expect(said.filter((verdict) => verdict === true).length).toBeGreaterThan(batch / 10)
  })

  it('takes for a successor only what joining gives again as it was pushed, and asks nobody about', async () => {
    const isSo = (pushed: string, known: string, sites: string) =>
      `(SELECT bool_and(coalesce(sync.vetted(sync.state_in(${pushed}, ${rules}), ${known}, ${sites}, ${rules}) = state
          AND sync.merge_rows(${known}, state, ${rules}) = jsonb_build_object('state', state, 'conflicts', '[]'::jsonb)
          AND (state -> 'values') - changed = (${known} -> 'values') - changed AND (state -> 'values') ?& changed, false))
        FROM sync.successor(${pushed}, ${known}, ${sites}, ${rules}))`
    const bySites = ([pushed = '', known = '']: string[]) =>
      [`'{1}'`, `'{2,3}'`, `'{0,1,2,3,2097151}'`].map((sites) => isSo(pushed, known, `${sites}::integer[]`))
    const without = (state: string) => `(${state} #- '{values,organization_id}')`
    const claims = [
      ['one', 'other'],
      [a, 'other'],
      ['merged', 'one'],
      ["merged - 'seen'", 'other'],
      ['written', 'one'],
      ["written - 'seen'", 'one'],
      [`written || jsonb_build_object('seen', sync.seen_by(one))`, 'one'],
      [`one || jsonb_build_object('seen', sync.seen_by(one))`, 'one'],
      [`jsonb_insert(written, '{stamps,none}', '[9, 2]')`, 'one'],
      [`one - 'deletion'`, 'one'],
      [`written - 'deletion'`, 'one'],
      [without('one'), 'one'],
      [without('written'), 'one'],
      ['one', `sync.state_in(${without('one')}, ${rules})`],
      // A newer program knows a column more; and no register is left at the lowest stamp.
      ['written', `sync.state_in(one #- '{values,created_at}', ${rules})`],
      [
        `(one || jsonb_build_object('seen', sync.joined(sync.seen_by(one), jsonb_build_object('2', sync.highest_clock(one) + 1)), 'stamps', (
          SELECT coalesce(jsonb_object_agg(sync.register_of(${rules}, name), jsonb_build_array(sync.highest_clock(one) + 1, 2)), '{}')
          FROM jsonb_object_keys(one -> 'values') AS name)))`,
        'one',
      ],
    ]
    const verdicts = await byPostgres<(boolean | null)[]>(
      samples(batch / 4, 2, 2 * pairs),
      `(SELECT jsonb_build_array(${claims.flatMap(bySites).join(', ')})
        FROM (SELECT sync.state_in(${a}, ${rules}) AS one, sync.state_in(${b}, ${rules}) AS other OFFSET 0) AS two
        CROSS JOIN LATERAL (SELECT sync.merge_rows(one, other, ${rules}) -> 'state' AS merged,
          sync.written(one, (SELECT coalesce(jsonb_object_agg(key, value), '{}') FROM jsonb_each(other -> 'values') WHERE key < 'h'),
            jsonb_build_array(sync.highest_clock(one) + 1, 2), ${rules}) AS written OFFSET 0) AS m)`,
    )
    const said = verdicts.flat()
    expect(said.filter((verdict) => verdict === false)).toEqual([])
    expect(said.filter((verdict) => verdict === true).length).toBeGreaterThan(batch / 20)
  })
})
