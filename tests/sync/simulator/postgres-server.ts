import type pg from 'pg'
import { writeRules } from '../../../main/centre/rules.ts'
import { registry, type TableName, tableNames } from '../../../main/database/registry.ts'
import { HelloReply, PullReply, PushReply, Unreachable } from '../../../main/sync/wire.ts'
import type { PostgresServer } from '../../support/postgres.ts'
import { centrePrefix as prefix } from '../../support/postgres-data.ts'
import type { Values } from './machine.ts'
import { type MakeServer, type Server, unknownColumn, unknownToOlder } from './server.ts'

interface Connections {
  operator: pg.Client
  gateway: pg.Client
}

/** One centre in PostgreSQL that is emptied for each seed; its clock is that of the world. */
export async function postgresServers(postgres: PostgresServer): Promise<MakeServer> {
  const operator = await postgres.centre()
  await operator.query(`CREATE OR REPLACE FUNCTION sync.now_ms() RETURNS bigint LANGUAGE sql VOLATILE
    SET search_path = pg_catalog, pg_temp AS $$ SELECT current_setting('simulated.now')::bigint $$`)
  const gateway = await postgres.again(operator)
  await gateway.query(`SET SESSION AUTHORIZATION "${prefix}_gateway"`)
  const tables = [...travelling.map((name) => `public.${name}`), ...ownTables]
  await operator.query(
    `CREATE SCHEMA backup; ${tables.map((name) => `CREATE TABLE ${kept(name)} (LIKE ${name})`).join('; ')};
    ALTER TABLE ${kept('sync.row')} DROP COLUMN trainer_id`,
  )
  let lacks = false
  const update = async () => {
    if (lacks) await learn(operator)
    lacks = false
  }
  return async ({ organizations, now, isOlder }) => {
    await update()
    await operator.query(`SELECT set_config('simulated.now', $1, false)`, [String(now())])
    await empty(operator, tables)
    for (const name of ['organization', 'conflict', 'copy'])
      await operator.query(`ALTER SEQUENCE sync.${name}_ids RESTART`)
    await operator.query('UPDATE sync.centre SET next_site = 1')
    for (const id of organizations) await operator.query('SELECT sync.create_organization($1)', [`Organization ${id}`])
    if (isOlder) await unlearn(operator)
    lacks = isOlder
    const server = serverOn({ operator, gateway }, tables, now)
    return { ...server, update }
  }
}

/** Row by row, which is ten times as fast as giving every table and its indexes new files. */
async function empty(operator: pg.Client, tables: string[]) {
  const all = [...tables, 'sync.content_part', 'sync.content_piece', 'sync.content', 'sync.site', 'sync.head']
  await operator.query(`SET session_replication_role = replica;
    ${all.map((table) => `DELETE FROM ${table}`).join('; ')};
    SET session_replication_role = origin`)
}

/** Apart from sites and heads, of which a restored centre keeps what it may not forget. */
const ownTables = ['sync.envelope', 'sync.row', 'sync.leave', 'sync.waiting', 'sync.refused']

/** But for the column that the table works out from the others, its last. */
const givenOfRow = `(SELECT table_number, id, organization_id, number, person_id, state, alive, received_clock, first_number, echo_of
  FROM sync.row) AS given`

function kept(table: string): string {
  return `backup.${table.replace('.', '_')}`
}

/** An earlier program: without the rules of a table, and without a column. */
async function unlearn(operator: pg.Client) {
  const { table, column } = unknownColumn
  for (const name of [`public.${table}`, kept(`public.${table}`)])
    await operator.query(`ALTER TABLE ${name} DROP COLUMN ${column}`)
  await writeRules(operator)
  await operator.query('DELETE FROM sync.rule WHERE table_number = $1', [registry[unknownToOlder].number])
}

/** What an update does: the column, and the rules of all. */
async function learn(operator: pg.Client) {
  const { table, column } = unknownColumn
  for (const name of [`public.${table}`, kept(`public.${table}`)])
    await operator.query(`ALTER TABLE ${name} ADD COLUMN ${column} text`)
  await writeRules(operator)
}

/** The next hello says why. */
function unlessShutOut(error: unknown): never {
  if (error instanceof Error && error.message === 'this device was revoked') throw new Unreachable(error.message)
  throw error
}

const travelling = tableNames.filter((name) => registry[name].sync !== 'local')

function serverOn({ operator, gateway }: Connections, tables: string[], now: () => number): Omit<Server, 'update'> {
  const one = async <T>(statement: string, values: unknown[] = []): Promise<T | undefined> => {
    const { rows } = await operator.query<{ reply: T }>(statement, values)
    return rows[0]?.reply
  }

  async function as(site: number, statement: string, values: unknown[]): Promise<unknown> {
    await gateway.query(`SELECT set_config('role', $1, false), set_config('simulated.now', $2, false)`, [
      `${prefix}_site_${site}`,
      String(now()),
    ])
    const { rows } = await gateway.query<{ reply: unknown }>(statement, values)
    return rows[0]?.reply
  }

  async function rowsOf(organizationId: number, condition: string) {
    const { rows } = await operator.query<{ name: TableName; id: string; values: Values }>(
      `SELECT c.name, r.id, r.state -> 'values' AS values FROM sync.row AS r JOIN sync.rule AS c USING (table_number)
      WHERE r.organization_id = $1 AND ${condition}`,
      [organizationId],
    )
    const found = new Map(travelling.map((name): [TableName, Map<number, Values>] => [name, new Map()]))
    for (const { name, id, values } of rows) found.get(name)?.set(Number(id), values)
    return found
  }

  return {
    async admit(organizationId, { scope, trainerId } = { scope: 'organization', trainerId: null }) {
      const sites = await one<number[]>('SELECT sync.create_site($1, $2, $3, NULL, NULL, 3) AS reply', [
        organizationId,
        scope,
        trainerId,
      ])
      const [site = 0, ...spareSites] = sites ?? []
      const history =
        (await one<string>('SELECT history AS reply FROM sync.head WHERE organization_id = $1', [organizationId])) ?? ''
      const organizationName = `Organization ${organizationId}`
      return { site, spareSites, organizationId, organizationName, scope, trainerId, history }
    },
    transportOf: (site) => ({
      hello: async (request) =>
        HelloReply.parse(await as(site(), 'SELECT sync.hello($1::jsonb) AS reply', [JSON.stringify(request)])),
      push: async ({ head, body, hash, signature }) =>
        PushReply.parse(await as(site(), 'SELECT sync.push($1, $2, $3, $4) AS reply', [head, body, hash, signature])),
      pull: async (request) =>
        PullReply.parse(
          await as(site(), 'SELECT sync.pull($1::jsonb) AS reply', [JSON.stringify(request)]).catch(unlessShutOut),
        ),
      close: async () => {},
    }),
    revoke: async (site) => void (await operator.query('SELECT sync.revoke_site($1)', [site])),
    async collect(organizationId, isEveryoneAway) {
      // Days are those of the server; with none, nobody was here lately.
      if (isEveryoneAway) await operator.query('SELECT sync.collect_deletions($1, 0, 0)', [organizationId])
    },
    async backUp() {
      await operator.query(copying(tables, (table) => [table === 'sync.row' ? givenOfRow : table, kept(table)]))
      const { rows: sites } = await operator.query(
        'SELECT site, acknowledged, chain, incarnation, pulled FROM sync.site',
      )
      const { rows: heads } = await operator.query('SELECT organization_id, number, floor, restored_at FROM sync.head')
      return async () => {
        await operator.query(`SET session_replication_role = replica; ${copying(tables, (table) => [kept(table), table])};
          SET session_replication_role = origin`)
        // A database has three sites that nobody uses: what it took since was among those that the backup knew.
        await operator.query(`UPDATE sync.site SET acknowledged = 0, chain = '', incarnation = NULL, pulled = 0`)
        await operator.query(
          `UPDATE sync.site AS s SET acknowledged = b.acknowledged, chain = b.chain, incarnation = b.incarnation, pulled = b.pulled
          FROM jsonb_to_recordset($1) AS b (site integer, acknowledged bigint, chain text, incarnation uuid, pulled bigint)
          WHERE b.site = s.site`,
          [JSON.stringify(sites)],
        )
        await operator.query(
          `UPDATE sync.head AS h SET number = b.number, floor = b.floor, restored_at = b.restored_at
          FROM jsonb_to_recordset($1) AS b (organization_id bigint, number bigint, floor bigint, restored_at bigint)
          WHERE b.organization_id = h.organization_id`,
          [JSON.stringify(heads)],
        )
        await operator.query('SELECT sync.begin_history()')
      }
    },
    living: (organizationId) => rowsOf(organizationId, 'r.alive'),
    known: (organizationId) => rowsOf(organizationId, 'true'),
    head: async (id) => Number(await one('SELECT number AS reply FROM sync.head WHERE organization_id = $1', [id])),
    async mistyped(id) {
      const { rows: rules } = await operator.query<{ name: string; put: string }>('SELECT name, put FROM sync.rule')
      const differing = rules.map(({ name, put }) => {
        const [, columns = '', rows = ''] = /\((id, .*?)\)\n(SELECT [^]*)\nON CONFLICT/.exec(put) ?? []
        const [stands, said] = [
          `SELECT ${columns} FROM public.${name} WHERE ${name === 'organizations' ? 'id' : 'organization_id'} = $1`,
          rows.replace('<rows>', 'r.organization_id = $1'),
        ]
        const more = (one: string, other: string) =>
          `SELECT to_jsonb(d)::text FROM (${one} EXCEPT ALL ${other} LIMIT 1) AS d`
        return `SELECT '${name}' AS name, (${more(stands, said)}) AS stands, (${more(said, stands)}) AS said`
      })
      const { rows } = await operator.query<{ name: string; stands: string | null; said: string | null }>(
        `SELECT * FROM (${differing.join('\nUNION ALL ')}) AS t WHERE stands IS NOT NULL OR said IS NOT NULL`,
        [id],
      )
      return rows.map(
        ({ name, stands, said }) =>
          `the centre's table ${name} differs from the rows\n  table ${stands}\n  row   ${said}`,
      )
    },
    async refused() {
      const { rows } = await operator.query(
        'SELECT site, envelope, table_number, id, column_name, reason FROM sync.refused',
      )
      return rows.map((row) => JSON.stringify(row))
    },
    async everything(id) {
      const texts = [
        [
          'row',
          `SELECT string_agg(r.state::text, ' ') AS reply FROM sync.row AS r JOIN sync.rule AS c USING (table_number)
          WHERE r.organization_id = $1 AND c.kind <> 'push'`,
        ],
        ['refused', `SELECT string_agg(row, ' ') AS reply FROM sync.refused WHERE organization_id = $1`],
        ...travelling
          .filter((name) => registry[name].sync !== 'push' && name !== 'organizations')
          .map((name) => [
            name,
            `SELECT string_agg(t::text, ' ') AS reply FROM public.${name} AS t WHERE organization_id = $1`,
          ]),
      ] as const
      const said = new Map<string, string>()
      for (const [place, text] of texts) said.set(place, (await one<string | null>(text, [id])) ?? '')
      return said
    },
    async faults(id) {
      const faults = await one<string[]>(
        `SELECT array_remove(ARRAY[
          CASE WHEN (SELECT max(number) FROM sync.row WHERE organization_id = $1) > number
            THEN 'the feed goes on behind its head' END], NULL) AS reply
        FROM sync.head WHERE organization_id = $1`,
        [id],
      )
      return faults ?? []
    },
  }
}

function copying(tables: string[], between: (table: string) => [from: string, to: string]): string {
  const pairs = tables.map(between)
  return `TRUNCATE ${pairs.map(([, to]) => to).join(', ')} CASCADE; ${pairs.map(([from, to]) => `INSERT INTO ${to} SELECT * FROM ${from}`).join('; ')}`
}
