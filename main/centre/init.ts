import { migratePostgresUp, type PostgresClient, type PostgresMigrateOptions } from '../database/migrate-postgres.ts'
import { grant } from './grants.ts'
import { rolePrefix, rolesOf } from './roles.ts'
import { writeRules } from './rules.ts'
import { inTransaction } from './transaction.ts'

export interface CentreOptions extends PostgresMigrateOptions {
  /** Before the names of all roles of this centre, from the first time on. */
  prefix?: string
  /** With which the gateway logs in; it stays as it is when none is given. */
  gatewayPassword?: string
}

/** This server cannot be a centre; nothing was changed. The message says what to do. */
export class CentreRefused extends Error {
  override name = 'CentreRefused'
}

/**
 * Makes an empty database a centre, or brings one up to date: schema, rules, roles, row-level security, grants. May be done
 * again at any time. Returns the names of the steps it took.
 *
 * @throws {CentreRefused}
 * @throws {MigrationRefused}
 * @throws {MigrationFailed}
 */
export async function initCentre(client: PostgresClient, options: CentreOptions = {}): Promise<string[]> {
  const made = await rolePrefix(client)
  const prefix = options.prefix ?? made ?? 'bdc'
  if (!/^[a-z][a-z0-9_]{0,30}$/.test(prefix)) {
    throw new CentreRefused(`The names of roles cannot begin with ${JSON.stringify(prefix)}: take lower-case letters.`)
  }
  if (made !== undefined && prefix !== made) {
    throw new CentreRefused(
      `The roles of this centre begin with ${JSON.stringify(made)}, and its devices know them by that: leave out --prefix.`,
    )
  }
  await refuseUnfit(client)
  const taken = await migratePostgresUp(client, options)
  await inTransaction(client, async () => {
    await client.query('SELECT pg_advisory_xact_lock(4342851)')
    await client.query('UPDATE sync.centre SET prefix = $1', [prefix])
    await writeRules(client)
    await grant(client, rolesOf(prefix), options.gatewayPassword)
  })
  return taken
}

async function refuseUnfit(client: PostgresClient) {
  const { rows } = await client.query<{ version: number; encoding: string }>(
    `SELECT current_setting('server_version_num')::integer AS version, current_setting('server_encoding') AS encoding`,
  )
  const [server] = rows
  if (!server || server.version < 150_000) {
    throw new CentreRefused('This PostgreSQL is too old for a centre: install version 15 or newer.')
  }
  if (server.encoding !== 'UTF8') {
    throw new CentreRefused(`This database keeps text as ${server.encoding}: make one with ENCODING 'UTF8'.`)
  }
}
