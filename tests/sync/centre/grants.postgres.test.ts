import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { initCentre } from '../../../main/centre/init.ts'
import { type PostgresServer, startPostgres } from '../../support/postgres.ts'

let server: PostgresServer
let client: pg.Client
const prefix = 'snap'
beforeAll(async () => {
  server = await startPostgres()
  client = await server.migrated()
  await initCentre(client, { prefix, gatewayPassword: "it's; DROP TABLE users; --" })
})
afterAll(() => server[Symbol.asyncDispose]())

async function lines(sql: string): Promise<string[]> {
  const { rows } = await client.query<{ line: string }>(sql)
  return rows.map(({ line }) => line.replaceAll(`${prefix}_`, ''))
}

/** What a role or everybody may do, in one line each; what the owner of a thing may do goes without saying. */
const everyGrant = `
  WITH acls AS (
    SELECT 'table ' || relnamespace::regnamespace || '.' || relname AS thing, relowner AS owner, relacl AS acl FROM pg_class
    WHERE relnamespace::regnamespace::text IN ('public', 'sync') AND relkind IN ('r', 'p', 'S') AND NOT relispartition
    UNION ALL SELECT 'column ' || attrelid::regclass || '.' || attname, relowner, attacl FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
      WHERE relnamespace::regnamespace::text IN ('public', 'sync') AND attacl IS NOT NULL
    UNION ALL SELECT 'function ' || pronamespace::regnamespace || '.' || proname, proowner, coalesce(proacl, acldefault('f', proowner)) FROM pg_proc WHERE pronamespace::regnamespace::text IN ('public', 'sync')
    UNION ALL SELECT 'schema ' || nspname, nspowner, nspacl FROM pg_namespace WHERE nspname IN ('public', 'sync')
    UNION ALL SELECT 'database', datdba, datacl FROM pg_database WHERE datname = current_database()
    UNION ALL SELECT 'language ' || lanname, lanowner, lanacl FROM pg_language WHERE lanname = 'plpgsql'
  )
  SELECT DISTINCT format('%s: %s may %s', thing, CASE grantee WHEN 0 THEN 'everybody' ELSE pg_get_userbyid(grantee) END, string_agg(privilege_type || CASE WHEN is_grantable THEN '*' ELSE '' END, ', ' ORDER BY privilege_type)) AS line
  FROM acls, aclexplode(acl) AS a WHERE grantee <> owner AND pg_get_userbyid(grantee) NOT IN ('postgres', 'pg_database_owner')
  GROUP BY thing, owner, grantee ORDER BY 1`

describe('the roles of a centre', () => {
  it('may do what is listed here, and nothing else', async () => {
    await expect(`${(await lines(everyGrant)).join('\n')}\n`).toMatchFileSnapshot('grants.snapshot.txt')
  })

  it('are who they are meant to be, and members of what is listed here', async () => {
    expect(
      await lines(`SELECT format('%s%s%s%s%s', rolname, CASE WHEN rolcanlogin THEN ' login' ELSE '' END, CASE WHEN rolsuper THEN ' super' ELSE '' END,
        CASE WHEN rolbypassrls THEN ' bypass' ELSE '' END, CASE WHEN rolcreaterole THEN ' createrole' ELSE '' END) AS line
        FROM pg_roles WHERE rolname LIKE '${prefix}\\_%' ORDER BY 1`),
    ).toEqual(['api', 'gateway login', 'migration', 'owner createrole', 'reporting', 'site'])
    expect(
      await lines(`SELECT DISTINCT pg_get_userbyid(roleid) || ' has ' || pg_get_userbyid(member) AS line FROM pg_auth_members
        WHERE pg_get_userbyid(roleid) LIKE '${prefix}\\_%' AND pg_get_userbyid(member) <> 'postgres' ORDER BY 1`),
    ).toEqual(['gateway has owner', 'site has owner'])
  })

  it('find row-level security forced on every table with an organization, with a policy for each role', async () => {
    const open =
      await lines(`SELECT relname AS line FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'organization_id'
      WHERE relnamespace::regnamespace::text IN ('public', 'sync') AND relkind IN ('r', 'p') AND NOT (relrowsecurity AND relforcerowsecurity)`)
    expect(open).toEqual([])
    const policies =
      await lines(`SELECT DISTINCT format('%s for %s: %s', CASE schemaname WHEN 'sync' THEN 'sync' ELSE 'public' END, array_to_string(roles, ','), qual) AS line
      FROM pg_policies WHERE schemaname IN ('public', 'sync') ORDER BY 1`)
    expect(policies.map((line) => line.replaceAll(/\s+/g, ' '))).toEqual([
      'public for api: ((id + 0) = ( SELECT sync.organization() AS organization))',
      'public for api: ((organization_id + 0) = ( SELECT sync.organization() AS organization))',
      'public for owner: true',
      'public for reporting: (id = ( SELECT sync.readable_organization() AS readable_organization))',
      'public for reporting: (organization_id = ( SELECT sync.readable_organization() AS readable_organization))',
      'sync for api: ((organization_id + 0) = ( SELECT sync.organization() AS organization))',
      'sync for owner: true',
    ])
    const unguarded =
      await lines(`SELECT relname AS line FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attname = 'organization_id'
      WHERE relnamespace::regnamespace::text IN ('public', 'sync') AND relkind IN ('r', 'p') AND NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = pg_class.oid AND polname = 'own')`)
    expect(unguarded).toEqual([])
  })

  it('are the same after the centre was made once more', async () => {
    const before = await lines(everyGrant)
    expect(await initCentre(client, { prefix })).toEqual([])
    expect(await lines(everyGrant)).toEqual(before)
  })
})

it('nobody reaches a month of a log but through the whole log', async () => {
  const open = await lines(`SELECT relname AS line FROM pg_class, aclexplode(relacl) AS a
    WHERE relispartition AND relkind = 'r' AND a.grantee <> relowner`)
  expect(open).toEqual([])
})

describe('a login for reports', () => {
  it('reads one organization at a time, writes nothing, and sees no secret', async () => {
    const organizations: number[] = []
    for (const name of ['one', 'other']) {
      const { rows } = await client.query<{ id: string }>('SELECT sync.create_organization($1) AS id', [name])
      organizations.push(Number(rows[0]?.id))
    }
    await client.query(`CREATE ROLE snap_report LOGIN IN ROLE ${prefix}_reporting`)
    await client.query('INSERT INTO sync.reader (role, organization_id) VALUES ($1, $2)', [
      'snap_report',
      organizations[0],
    ])
    const report = await server.again(client)
    await report.query('SET SESSION AUTHORIZATION snap_report')
    expect((await report.query('SELECT name FROM public.organizations')).rows).toEqual([{ name: 'one' }])
    await expect(report.query('SELECT password_hash FROM public.users')).rejects.toThrow(/permission denied/)
    await expect(report.query('SELECT * FROM public.sessions')).rejects.toThrow(/permission denied/)
    await expect(report.query('UPDATE public.organizations SET name = $1', ['x'])).rejects.toThrow(/permission denied/)
    await expect(report.query('SELECT * FROM sync.row')).rejects.toThrow(/permission denied/)
  })
})

describe('making a centre', () => {
  it('refuses a prefix that is no name, and changes nothing', async () => {
    const other = await server.database()
    await expect(initCentre(other, { prefix: 'a"; DROP' })).rejects.toThrow(/cannot begin with/)
    expect((await other.query(`SELECT to_regclass('public.users') AS it`)).rows).toEqual([{ it: null }])
  })

  it('refuses a database that does not keep text as UTF-8', async () => {
    await client.query(`CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0 LOCALE 'C'`)
    const latin = await server.again({ ...client, database: 'latin' } as pg.Client)
    await expect(initCentre(latin, { prefix: 'latin' })).rejects.toThrow(/LATIN1/)
  })

  it('makes the coming months of the logs, and moves what waits for them', async () => {
    const { rows } = await client.query<{ id: string }>(`SELECT sync.create_organization('logs') AS id`)
    await client.query(
      `INSERT INTO activity_logs (id, organization_id, action, created_at) VALUES (77, $1, 'early', '2031-05-06')`,
      [rows[0]?.id],
    )
    const where = () => client.query(`SELECT tableoid::regclass::text AS part FROM activity_logs WHERE id = 77`)
    expect((await where()).rows).toEqual([{ part: 'activity_logs_other' }])
    expect((await client.query(`SELECT make_log_months('2031-05-01', 2) AS made`)).rows).toEqual([{ made: 4 }])
    expect((await client.query(`SELECT make_log_months('2031-05-01', 2) AS made`)).rows).toEqual([{ made: 0 }])
    expect((await where()).rows).toEqual([{ part: 'activity_logs_2031_05' }])
    const { rows: open } = await client.query(
      `SELECT relname FROM pg_class WHERE relispartition AND relkind = 'r' AND NOT (relrowsecurity AND relforcerowsecurity)`,
    )
    expect(open).toEqual([])
  })
})
