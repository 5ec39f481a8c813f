import type pg from 'pg'
import * as z from 'zod'
import { GetReply, HaveReply, PutReply } from '../sync/contents/wire.ts'
import type { NewDevice } from '../sync/transports/gateway-answer.ts'
import { Enrolment, HelloReply, PushReply } from '../sync/wire.ts'
import type { Centre, KnownSite } from './centre.ts'

/**
 * The functions of the central database, called by the gateway's own role. What a device asks for runs in a transaction as the
 * role of its site, so that the rules of the rows hold for it and nobody else's are in reach.
 */
export function postgresCentre(pool: pg.Pool, roleOf: (site: number) => string): Centre {
  const as = async (site: number, statement: string, values: unknown[]): Promise<unknown> =>
    (await asRole<{ reply: unknown }>(pool, roleOf(site), statement, values))[0]?.reply
  return {
    async site(number) {
      const { rows } = await pool.query<{ reply: KnownSite | null }>('SELECT sync.known_site($1) AS reply', [number])
      return rows[0]?.reply ?? undefined
    },
    as: (site) => ({
      hello: async (request) =>
        HelloReply.parse(await as(site, 'SELECT sync.hello($1::jsonb) AS reply', [JSON.stringify(request)])),
      push: async ({ head, body, hash, signature }) =>
        PushReply.parse(await as(site, 'SELECT sync.push($1, $2, $3, $4) AS reply', [head, body, hash, signature])),
      pull: async (request) =>
        z.string().parse(await as(site, 'SELECT sync.pull($1::jsonb)::text AS reply', [JSON.stringify(request)])),
      contents: {
        have: async (request) =>
          HaveReply.parse(await as(site, 'SELECT sync.have_contents($1::jsonb) AS reply', [JSON.stringify(request)])),
        put: async (request) =>
          PutReply.parse(await as(site, 'SELECT sync.put_content($1::jsonb) AS reply', [JSON.stringify(request)])),
        get: async (request) =>
          GetReply.parse(await as(site, 'SELECT sync.get_content($1::jsonb) AS reply', [JSON.stringify(request)])),
      },
    }),
    async enrol(code: string, device: NewDevice) {
      const values = [code, JSON.stringify(device)]
      const { rows } = await pool.query<{ reply: unknown }>('SELECT sync.enrol($1, $2::jsonb) AS reply', values)
      return rows[0]?.reply ? Enrolment.parse(rows[0].reply) : undefined
    },
  }
}

/** The rows of one statement, in a transaction of its own as this role. */
async function asRole<Row extends pg.QueryResultRow>(
  pool: pg.Pool,
  role: string,
  statement: string,
  values: unknown[],
) {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    await client.query("SELECT set_config('role', $1, true)", [role])
    const { rows } = await client.query<Row>(statement, values)
    await client.query('COMMIT')
    client.release()
    return rows
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    // What is left of a connection after an error may still be somebody's role.
    client.release(true)
    throw error
  }
}

/**
 * Ends transactions that devices which sign in to PostgreSQL itself have left open for longer than this many seconds: until
 * then nobody else of their organization can push, and no setting of a role keeps it from waiting. Returns how many.
 */
export async function endLongTransactions(pool: pg.Pool, rolePrefix: string, seconds: number): Promise<number> {
  const { rows } = await pool.query<{ role: string }>(
    'SELECT DISTINCT usename AS role FROM pg_stat_activity WHERE starts_with(usename, $1)',
    [rolePrefix],
  )
  let ended = 0
  for (const { role } of rows) {
    const found = await asRole(
      pool,
      role,
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE usename = $1 AND xact_start < clock_timestamp() - make_interval(secs => $2)`,
      [role, seconds],
    )
    ended += found.length
  }
  return ended
}
