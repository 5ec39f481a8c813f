import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { registry, type TableName, tableNames } from '../../../main/database/registry.ts'
import { registerOf, rulesOf } from '../../../main/sync/rules.ts'
import { type RowState, stampOf } from '../../../main/sync/state.ts'
import { PullReply } from '../../../main/sync/wire.ts'
import { inputs } from '../../support/inputs.ts'
import { type PostgresServer, startPostgres } from '../../support/postgres.ts'
import { rowsIn } from '../page.ts'
import { clockNow, type TestCentre, type TestDevice, testCentre } from './centre.ts'
import { edited, rowOf } from './edits.ts'

let server: PostgresServer
let centre: TestCentre
beforeAll(async () => {
  server = await startPostgres()
  centre = await testCentre(server)
})
afterAll(() => server[Symbol.asyncDispose]())

const envelopes = inputs(1_500)
const seed = Number(process.env.HOSTILE_SEED ?? 20_261_126)

const texts = [
  `'; DROP TABLE users; --`,
  `"; DELETE FROM sync.row; --`,
  '$$; SELECT pg_sleep(10); $$',
  '__proto__',
  'constructor',
  '\u202e\u0007',
  '\ud800',
  '\u0000',
  '{"a":1}',
  '-Infinity',
]
const numbers = [-1, 0, 1, 0.5, 2 ** 31, 2 ** 53 - 1, 2 ** 53, 1e300, -1e300]

const anything = fc.oneof(
  fc.constantFrom<unknown>(...texts, ...numbers, null, true, false, [], {}, [1, 2], { __proto__: { a: 1 } }),
  fc.string({ maxLength: 20 }),
  fc.jsonValue({ maxDepth: 2 }),
)

/** Turns a good row into one that a device has no right to. */
function mutation(device: TestDevice, victim: TestDevice, peer: TestDevice): fc.Arbitrary<(row: object) => unknown> {
  const site = fc.constantFrom(0, device.site, victim.site, peer.site, 2 ** 21 - 1, -1)
  const clock = fc.constantFrom(0, 1, clockNow(), clockNow(400 * 86_400_000), 2 ** 53 - 1, 2 ** 60)
  const id = fc.constantFrom(
    victim.id(1),
    peer.id(1),
    victim.organization,
    peer.organization,
    1,
    0,
    -5,
    2 ** 53,
    device.id(7),
  )
  const stamp = fc.tuple(clock, site)
  const vector = fc.dictionary(fc.oneof(site.map(String), fc.constantFrom(...texts)), fc.oneof(clock, anything))
  const change = (values: object) => (row: object) => ({ ...row, ...values })
  const changeValues = (values: object) => (row: object) => ({
    ...row,
    values: { ...('values' in row ? (row.values as object) : {}), ...values },
  })
  return fc.oneof(
    id.map((value) => change({ id: value })),
    fc.constantFrom(...tableNames.map((name) => registry[name].number), 0, 17, 99).map((table) => change({ table })),
    stamp.map((value) => change({ stamp: value })),
    fc
      .dictionary(fc.constantFrom('name', 'row', 'email', ...texts), fc.oneof(stamp, anything))
      .map((stamps) => change({ stamps })),
    vector.map((seen) => change({ seen })),
    fc.record({ stamp, saw: vector }).map((deletion) => change({ deletion })),
    fc.constantFrom(victim.organization, 0, null, '1', -1).map((value) => changeValues({ organization_id: value })),
    fc
      .tuple(fc.constantFrom('user_id', 'beneficiary_id', 'assessment_id', 'group_id', 'person_id'), id)
      .map(([name, value]) => changeValues({ [name]: value })),
    fc
      .tuple(
        fc.oneof(
          fc.constantFrom('name', 'email', 'created_at', 'settings', 'role', 'is_active'),
          fc.constantFrom(...texts),
        ),
        anything,
      )
      .map(([name, value]) => changeValues({ [name]: value })),
    fc.constantFrom(1, 2 ** 53, 'x', -1).map((base) => change({ base })),
    fc.constant(change({ offered: true })),
    anything.map((value) => () => value),
  )
}

const tables: TableName[] = [
  'organizations',
  'users',
  'groups',
  'beneficiaries',
  'settings',
  'assessments',
  'sync_conflicts',
  'erasure_orders',
  'activity_logs',
]

function bodies(device: TestDevice, victim: TestDevice, peer: TestDevice): fc.Arbitrary<string> {
  const row = fc
    .tuple(
      fc.constantFrom(...tables),
      fc.constantFrom(1, 2, 3, 4, 5),
      fc.array(mutation(device, victim, peer), { minLength: 1, maxLength: 3 }),
    )
    .map(([table, counter, mutations]) =>
      mutations.reduce<unknown>(
        (made, mutate) => (typeof made === 'object' && made ? mutate(made) : made),
        device.row(table, counter),
      ),
    )
  const line = fc.oneof(
    { weight: 12, arbitrary: row.map((made) => JSON.stringify(made) ?? 'null') },
    { weight: 1, arbitrary: row.map((made) => (JSON.stringify(made) ?? '').slice(0, 40)) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('{"__proto__":{"table":1}}', '[[[[', '{"table":2,"table":2}', 'null', '\u0001'),
    },
  )
  return fc.array(line, { minLength: 1, maxLength: 3 }).map((lines) => lines.join('\n'))
}

const heads = [
  {},
  {},
  {},
  {},
  {},
  { site: 1 },
  { number: 0 },
  { number: 2 ** 60 },
  { number: 5_000_000 },
  { previous: 'a'.repeat(64) },
  { previous: "'" },
  { incarnation: 'x' },
  { protocol: 'one' },
  { schema: -1 },
  { cursor: -1 },
]

/** Everything that this device has no right to change. */
async function outside({ organization, site }: TestDevice) {
  const all = async (sql: string, ...values: unknown[]) => (await centre.operator.query(sql, values)).rows
  const typed = await Promise.all(
    tableNames
      .filter((name) => name !== 'sessions')
      .map((name) =>
        all(
          `SELECT '${name}' AS "table", t.* FROM ${name} AS t WHERE ${name === 'organizations' ? 'id' : 'organization_id'} IS DISTINCT FROM $1 ORDER BY id`,
          organization,
        ),
      ),
  )
  return {
    typed,
    rows: await all('SELECT * FROM sync.row WHERE organization_id <> $1 ORDER BY table_number, id', organization),
    heads: await all('SELECT * FROM sync.head WHERE organization_id <> $1 ORDER BY organization_id', organization),
    sites: await all(
      'SELECT site, organization_id, scope, role, acknowledged, chain, revoked_at, public_key FROM sync.site WHERE site <> $1 ORDER BY site',
      site,
    ),
    envelopes: await all('SELECT * FROM sync.envelope WHERE site <> $1', site),
    rules: await all('SELECT table_number, name, rules FROM sync.rule ORDER BY 1'),
  }
}

/** The states of rows that a site of the same organization made. */
async function rowsOf({ site }: TestDevice): Promise<RowState[]> {
  const { rows } = await centre.operator.query<{ state: RowState }>(
    `SELECT jsonb_build_object('table', table_number, 'id', id) || state AS state FROM sync.row WHERE id >> 32 = $1 ORDER BY table_number, id`,
    [site],
  )
  return rows.map(({ state }) => state)
}

/** Values that stand under a stamp of the site, by row and column. */
function underStampsOf({ site }: TestDevice, states: RowState[]): Map<string, unknown> {
  return new Map(
    states.flatMap((state) => {
      const table = tableNames.find((name) => registry[name].number === state.table)
      if (!table) return []
      return Object.entries(state.values)
        .filter(([column]) => stampOf(state, registerOf(rulesOf(table), column))[1] === site)
        .map(([column, value]): [string, unknown] => [`${table}/${state.id}/${column}`, value])
    }),
  )
}

describe('a hostile device', () => {
  it(
    `changes nothing outside its rights, with ${envelopes} envelopes`,
    async () => {
      const [mine, others] = [await centre.organization('mine'), await centre.organization('others')]
      const [device, peer, victim] = [await centre.device(mine), await centre.device(mine), await centre.device(others)]
      for (const one of [peer, victim]) {
        const written = await one.push([
          one.row('users', 1, { email: `u${one.site}@centre.example` }),
          one.row('beneficiaries', 1, { user_id: one.id(1) }),
          one.row('groups', 1, { name: `group of ${one.site}` }),
          one.row('settings', 1, { key: `key of ${one.site}` }),
          one.row('activity_logs', 1),
        ])
        expect(written.refused).toEqual([])
      }
      const before = await outside(device)
      const ofPeer = underStampsOf(peer, await rowsOf(peer))
      const all = fc.sample(fc.tuple(bodies(device, victim, peer), fc.constantFrom(...heads)), {
        numRuns: envelopes,
        seed,
      })
      const statuses: Record<string, number> = {}
      for (const [body, head] of all) {
        const { status, refused } = await device.push([body], head)
        statuses[status] = (statuses[status] ?? 0) + 1
        for (const { reason } of refused) statuses[reason] = (statuses[reason] ?? 0) + 1
      }
      // The sample reaches every kind of answer, or it proves little.
      expect(Object.keys(statuses)).toEqual(
        expect.arrayContaining([
          'ok',
          'invalid',
          'fork',
          'foreignBlock',
          'foreignStamp',
          'foreignOrganization',
          'invalidValue',
          'notAllowed',
          'moved',
        ]),
      )
      expect(await outside(device)).toEqual(before)
      // It may write into rows of its own organization, under its own stamps; what stands under those of another site does not change.
      for (const [place, value] of underStampsOf(peer, await rowsOf(peer)))
        expect([place, value]).toEqual([place, ofPeer.get(place)])

      const honest = await device.push([device.row('groups', 900, { name: 'still works' })])
      expect(honest).toMatchObject({ status: 'ok', refused: [] })
      const { rows } = await peer.pull()
      expect(rowOf(rows, registry.groups.number, device.id(900)).values.name).toBe('still works')
    },
    inputs(240_000),
  )

  it('cannot hand in a text of ten megabytes, or an envelope of a hundred', async () => {
    const device = await centre.device(await centre.organization())
    const huge = device.row('groups', 1, { description: 'x'.repeat(10_000_000) })
    expect(await device.push([huge, device.row('groups', 2)])).toMatchObject({
      status: 'ok',
      refused: [{ reason: 'tooLarge' }],
    })
    expect(await device.push(['x'.repeat(100_000_000)])).toMatchObject({ status: 'invalid' })
  })

  it('cannot make a deletion of its own take what others write later', async () => {
    const organization = await centre.organization()
    const [device, peer] = [await centre.device(organization), await centre.device(organization)]
    await peer.push([peer.row('groups', 1)])
    const state = rowOf((await device.pull()).rows, registry.groups.number, peer.id(1))
    const saw = { [peer.site]: 2 ** 53 - 1, [device.site]: clockNow() }
    const { number: base, ...row } = state
    await device.push([{ ...row, seen: saw, deletion: { stamp: [clockNow(), device.site], saw }, base }])
    await peer.push([edited(peer, state, { name: 'written later' })])
    const { rows } = await centre.operator.query('SELECT name FROM groups WHERE id = $1', [peer.id(1)])
    expect(rows).toEqual([{ name: 'written later' }])
  })

  it('sees nobody by a function that has lost its WHERE', async () => {
    const [mine, others] = [await centre.organization('mine'), await centre.organization('others')]
    const [device, victim] = [await centre.device(mine), await centre.device(others)]
    await victim.push([victim.row('groups', 1, { name: 'not theirs' })])
    const { rows } = await centre.operator.query<{ definition: string; owner: string; site: string }>(
      `SELECT pg_get_functiondef('sync.pull(jsonb)'::regprocedure) AS definition, pg_get_userbyid(proowner) AS owner,
        (SELECT prefix || '_site' FROM sync.centre) AS site FROM pg_proc WHERE oid = 'sync.pull(jsonb)'::regprocedure`,
    )
    const [pull] = rows
    const broken = pull?.definition
      .replace('FUNCTION sync.pull(', 'FUNCTION sync.broken_pull(')
      .replaceAll(/(?:r|l)\.organization_id = its\.organization_id AND /g, '')
      .replaceAll('WHERE organization_id = its.organization_id', 'WHERE true ORDER BY number DESC LIMIT 1')
    expect(broken?.match(/organization_id = its/)).toBeNull()
    await centre.operator.query(`${broken}`)
    await centre.operator.query(
      `ALTER FUNCTION sync.broken_pull(jsonb) OWNER TO ${pull?.owner}; GRANT EXECUTE ON FUNCTION sync.broken_pull(jsonb) TO PUBLIC`,
    )
    const { rows: pulled } = await device.connection.query<{ reply: unknown }>(
      `SELECT sync.broken_pull('{"cursor": 0, "upto": null, "limit": 5000}') AS reply`,
    )
    expect(rowsIn(PullReply.parse(pulled[0]?.reply)).map(({ table, id }) => [table, id])).toEqual([[1, mine]])
  })

  it('ties nothing to somebody whom its trainer has not: a rule for every column that names a row', async () => {
    const organization = await centre.organization()
    const office = await centre.device(organization)
    const people = [1, 2].flatMap((one) => [
      office.row('users', one, { email: `t${one}@centre.example`, role: 'trainer' }),
      office.row('users', 10 + one, { email: `l${one}@centre.example`, role: 'student' }),
      office.row('beneficiaries', one, { user_id: office.id(10 + one), trainer_id: office.id(one) }),
      office.row('assessments', one, { beneficiary_id: office.id(one) }),
      office.row('papers', one, { assessment_id: office.id(one) }),
      office.row('attempts', one, {
        assessment_id: office.id(one),
        beneficiary_id: office.id(one),
        paper_id: office.id(one),
      }),
      office.row('documents', one, { beneficiary_id: office.id(one), is_public: 0 }),
      office.row('appointments', one, { beneficiary_id: office.id(one), trainer_id: office.id(one) }),
    ])
    expect(await office.push([...people, office.row('groups', 1), office.row('consent_texts', 1)])).toMatchObject({
      refused: [],
    })
    const laptop = await centre.device(organization, { scope: 'trainer', trainerId: office.id(1) })
    const { rows } = await laptop.pull()
    /** One row for each way to name somebody; `who` is 1 for the own learner and 2 for the other trainer's. */
    const naming = (who: 1 | 2, from: number) => {
      const [its, account] = [office.id(who), office.id(10 + who)]
      const own = laptop.id(50)
      const values: [TableName, Record<string, number>][] = [
        ['person_links', { beneficiary_id: own, other_id: its }],
        ['person_links', { beneficiary_id: its, other_id: own }],
        ['group_members', { group_id: office.id(1), beneficiary_id: its }],
        ['messages', { sender_id: office.id(1), recipient_id: account }],
        ['attendance', { beneficiary_id: its, appointment_id: from }],
        ['appointments', { beneficiary_id: own, trainer_id: office.id(1), series_id: its }],
        ['document_shares', { document_id: its, shared_with: office.id(1) }],
        ['documents', { beneficiary_id: own, version_of: its }],
        ['handovers', { beneficiary_id: its, to_trainer_id: office.id(1) }],
        ['beneficiaries', { trainer_id: office.id(1), merged_into: its }],
        ['goals', { beneficiary_id: own, assessment_id: its }],
        ['attempt_incidents', { attempt_id: its }],
        ['notifications', { user_id: account }],
        ['consents', { person_id: account, consent_text_id: office.id(1) }],
      ]
      return values.map(([table, columns], index) => laptop.row(table, from + index, columns))
    }
    const own = laptop.row('beneficiaries', 50, { user_id: null, trainer_id: office.id(1) })
    expect(await laptop.push([own, ...naming(1, 100)])).toMatchObject({ status: 'ok', refused: [] })

    const theirs = naming(2, 200)
    const reply = await laptop.push(theirs)
    const ids = (all: readonly { table: number; id: number }[]) => all.map(({ table, id }) => `${table} ${id}`).sort()
    expect(ids(reply.refused)).toEqual(ids(theirs))
    expect(reply.refused.every(({ reason }) => reason === 'outOfReach')).toBe(true)
    const { rows: taken } = await centre.operator.query('SELECT FROM sync.row WHERE id BETWEEN $1 AND $2', [
      laptop.id(200),
      laptop.id(299),
    ])
    expect(taken).toEqual([])

    // Nor by an edit of what is its own; what else the row says goes on being taken.
    const link = { ...naming(1, 100)[0], number: 0 } as RowState & { number: number }
    expect(await laptop.push([edited(laptop, link, { other_id: office.id(2) })])).toMatchObject({
      refused: [{ reason: 'outOfReach' }],
    })
    const file = rowOf(rows, registry.beneficiaries.number, office.id(1))
    expect(await laptop.push([edited(laptop, file, { notes: 'still theirs' })])).toMatchObject({ refused: [] })
  })

  it('that talks to the database itself reaches nothing but its three functions', async () => {
    const device = await centre.device(await centre.organization())
    for (const sql of [
      'SELECT * FROM public.users',
      'SELECT * FROM sync.row',
      'SELECT * FROM sync.site',
      'UPDATE sync.head SET number = 0',
      `SELECT sync.take(NULL, NULL, NULL, NULL)`,
      `SELECT sync.create_organization('mine')`,
      'SELECT sync.revoke_site(1)',
      'SELECT sync.organization()',
      'CREATE TEMP TABLE t (a int)',
      'CREATE TABLE t (a int)',
      'DO $$ BEGIN PERFORM 1; END $$',
      'SELECT pg_advisory_lock(1)',
      'SELECT pg_sleep(1)',
      `SELECT lo_creat(-1)`,
      'SET ROLE postgres',
      `COPY (SELECT 1) TO PROGRAM 'id'`,
    ]) {
      const refusal = device.connection.query(sql).then(
        () => `${sql} was allowed`,
        (error: Error) => error.message,
      )
      expect(await refusal).toMatch(/permission denied|must be|not allowed|no schema/)
    }
    await device.connection.query(`SELECT set_config('request.jwt.claims', '{"site": 1}', false)`)
    expect(await device.hello()).toMatchObject({ status: 'ok' })
  })
})
