import type { PostgresClient } from '../database/migrate-postgres.ts'
import { openFunctions, type Roles } from './roles.ts'

/** Roles, owners, policies and grants as they are meant to be, whatever was there before. */
export async function grant(client: PostgresClient, roles: Roles, gatewayPassword?: string) {
  await makeRoles(client, roles, gatewayPassword)
  await giveOwners(client, roles)
  await closeAll(client, roles)
  await setPolicies(client, roles)
  await openWhatIsNeeded(client, roles)
}

async function makeRoles(client: PostgresClient, roles: Roles, gatewayPassword?: string) {
  const made: [string, string][] = [
    [roles.owner, 'NOLOGIN CREATEROLE NOBYPASSRLS'],
    [roles.api, 'NOLOGIN NOBYPASSRLS'],
    [roles.gateway, 'LOGIN NOINHERIT NOBYPASSRLS'],
    [roles.site, 'NOLOGIN NOBYPASSRLS'],
    [roles.reporting, 'NOLOGIN NOBYPASSRLS'],
    [roles.migration, 'NOLOGIN NOBYPASSRLS'],
  ]
  for (const [name, attributes] of made) {
    const { rows } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [name])
    await client.query(`${rows.length > 0 ? 'ALTER' : 'CREATE'} ROLE ${quoted(name)} ${attributes}`)
  }
  if (gatewayPassword !== undefined) {
    const { rows } = await client.query<{ text: string }>('SELECT quote_literal($1) AS text', [gatewayPassword])
    await client.query(`ALTER ROLE ${quoted(roles.gateway)} PASSWORD ${rows[0]?.text}`)
  }
  await client.query(
    `GRANT ${quoted(roles.site)}, ${quoted(roles.gateway)} TO ${quoted(roles.owner)} WITH ADMIN OPTION`,
  )
}

/** The tables belong to the owner, the functions to the api, but for those that look across organizations. */
async function giveOwners(client: PostgresClient, roles: Roles) {
  await client.query(`ALTER SCHEMA sync OWNER TO ${quoted(roles.owner)}`)
  const { rows: relations } = await client.query<{ name: string; kind: string }>(
    `SELECT format('%I.%I', relnamespace::regnamespace, relname) AS name, relkind AS kind FROM pg_class
    WHERE relnamespace IN ('public'::regnamespace, 'sync'::regnamespace) AND relkind IN ('r', 'p', 'S') ORDER BY 1`,
  )
  for (const { name, kind } of relations) {
    await client.query(`ALTER ${kind === 'S' ? 'SEQUENCE' : 'TABLE'} ${name} OWNER TO ${quoted(roles.owner)}`)
  }
  for (const { signature, name, schema } of await ownFunctions(client)) {
    const isOwners = schema === 'public' || openFunctions[name]?.isOwners
    await client.query(`ALTER FUNCTION ${signature} OWNER TO ${quoted(isOwners ? roles.owner : roles.api)}`)
    await client.query(`REVOKE ALL ON FUNCTION ${signature} FROM PUBLIC`)
  }
}

async function closeAll(client: PostgresClient, roles: Roles) {
  const { rows } = await client.query<{ name: string }>(`SELECT quote_ident(current_database()) AS name`)
  await client.query(`REVOKE ALL ON DATABASE ${rows[0]?.name} FROM PUBLIC`)
  await client.query('REVOKE ALL ON SCHEMA public, sync FROM PUBLIC')
  await client.query('REVOKE ALL ON ALL TABLES IN SCHEMA public, sync FROM PUBLIC')
  await client.query('REVOKE ALL ON LANGUAGE plpgsql FROM PUBLIC')
  const others = [roles.api, roles.gateway, roles.site, roles.reporting, roles.migration].map(quoted).join(', ')
  await client.query(
    `REVOKE ALL ON ALL TABLES IN SCHEMA public, sync FROM ${others};
    REVOKE ALL ON ALL SEQUENCES IN SCHEMA public, sync FROM ${others}`,
  )
  const { rows: risky } = await client.query<{ signature: string }>(
    `SELECT oid::regprocedure::text AS signature FROM pg_proc
    WHERE pronamespace = 'pg_catalog'::regnamespace AND (proname LIKE 'pg\\_%advisory\\_%' OR proname LIKE 'pg\\_sleep%'
      OR proname ~ '^(lo_|lowrite|loread|pg_notify|dblink)')`,
  )
  for (const { signature } of risky) await client.query(`REVOKE ALL ON FUNCTION ${signature} FROM PUBLIC`)
}

async function setPolicies(client: PostgresClient, roles: Roles) {
  const { rows: tables } = await client.query<{ name: string; schema: string; column: string }>(
    `SELECT format('%I.%I', relnamespace::regnamespace, relname) AS name, relnamespace::regnamespace::text AS schema,
      CASE WHEN relname = 'organizations' THEN 'id' ELSE 'organization_id' END AS "column"
    FROM pg_class WHERE relnamespace IN ('public'::regnamespace, 'sync'::regnamespace) AND relkind IN ('r', 'p')
      AND (relname = 'organizations' OR EXISTS (SELECT FROM pg_attribute WHERE attrelid = pg_class.oid AND attname = 'organization_id'))
    ORDER BY 1`,
  )
  for (const { name, schema, column } of tables) {
    await client.query(`ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY`)
    await client.query(`ALTER TABLE ${name} FORCE ROW LEVEL SECURITY`)
    // Written so that no index serves it: a plan that was kept from small tables would look rows up by their organization.
    const own = `${column} + 0 = (SELECT sync.organization())`
    await policy(client, name, 'own', roles.api, own)
    await policy(client, name, 'all_for_owner', roles.owner, 'true')
    if (schema === 'public') {
      await policy(
        client,
        name,
        'one_for_reports',
        roles.reporting,
        `${column} = (SELECT sync.readable_organization())`,
      )
    }
  }
}

async function policy(client: PostgresClient, table: string, name: string, role: string, rows: string) {
  await client.query(`DROP POLICY IF EXISTS ${name} ON ${table}`)
  await client.query(`CREATE POLICY ${name} ON ${table} TO ${quoted(role)} USING (${rows}) WITH CHECK (${rows})`)
}

async function openWhatIsNeeded(client: PostgresClient, roles: Roles) {
  const [owner, api, gateway, site, reporting, migration] = [
    roles.owner,
    roles.api,
    roles.gateway,
    roles.site,
    roles.reporting,
    roles.migration,
  ].map(quoted)
  const { rows } = await client.query<{ name: string }>(`SELECT quote_ident(current_database()) AS name`)
  await client.query(`GRANT CONNECT ON DATABASE ${rows[0]?.name} TO ${gateway}, ${site}, ${reporting}, ${migration}`)
  await client.query(`GRANT USAGE ON LANGUAGE plpgsql TO ${owner}, ${api}`)
  await client.query(`GRANT USAGE ON SCHEMA sync TO ${api}, ${gateway}, ${site}, ${migration}, ${reporting}`)
  await client.query(`GRANT USAGE ON SCHEMA public TO ${api}, ${reporting}, ${migration}`)
  await client.query(`GRANT USAGE, CREATE ON SCHEMA public TO ${owner}`)
  const { rows: typed } = await client.query<{ names: string }>(
    `SELECT string_agg(format('public.%I', relname), ', ') AS names FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition AND relname NOT IN ('schema_steps', 'sessions')`,
  )
  await client.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ${typed[0]?.names} TO ${api}`)
  await client.query(`GRANT SELECT ON ${typed[0]?.names} TO ${reporting}`)
  await client.query(`GRANT SELECT ON sync.centre, sync.rule, sync.reference TO ${api}`)
  await client.query(
    `GRANT SELECT, INSERT, UPDATE, DELETE ON sync.row, sync.leave, sync.waiting TO ${api};
    GRANT SELECT, UPDATE ON sync.head, sync.site TO ${api};
    GRANT SELECT, INSERT ON sync.envelope TO ${api};
    GRANT SELECT, INSERT, UPDATE ON sync.refused TO ${api};
    GRANT SELECT, INSERT, DELETE ON sync.content, sync.content_part, sync.content_piece TO ${api};
    GRANT USAGE ON SEQUENCE sync.conflict_ids TO ${api}`,
  )
  await client.query(
    `REVOKE ALL ON public.users, public.learner_credentials FROM ${reporting};
    GRANT SELECT (id, organization_id, email, name, role, is_active, is_verified, last_login, created_at, updated_at) ON public.users TO ${reporting};
    GRANT SELECT (id, organization_id, beneficiary_id, kind, revoked_at, created_at, updated_at) ON public.learner_credentials TO ${reporting}`,
  )
  for (const { signature, name, schema } of await ownFunctions(client)) {
    if (name === 'make_log_months') await client.query(`GRANT EXECUTE ON FUNCTION ${signature} TO ${migration}`)
    if (schema !== 'sync') continue
    const callers = openFunctions[name]?.for.map((role) => roles[role]) ?? [roles.owner]
    await client.query(`GRANT EXECUTE ON FUNCTION ${signature} TO ${callers.map(quoted).join(', ')}`)
  }
}

async function ownFunctions(client: PostgresClient) {
  const { rows } = await client.query<{ signature: string; name: string; schema: string }>(
    `SELECT oid::regprocedure::text AS signature, proname AS name, pronamespace::regnamespace::text AS schema FROM pg_proc
    WHERE pronamespace IN ('public'::regnamespace, 'sync'::regnamespace) ORDER BY 1`,
  )
  return rows
}

function quoted(name: string): string {
  return `"${name}"`
}
