import type pg from 'pg'
import { GetReply, HaveReply, PutReply } from '../sync/contents/wire.ts'
import type { NewDevice } from '../sync/transports/gateway-answer.ts'
import { Enrolment, HelloReply, PullReply, PushReply } from '../sync/wire.ts'
import type { Centre, KnownSite } from './centre.ts'

/**
 * The functions of the central database, called by the gateway's own role. What a device asks for runs in a transaction as the
 * role of its site, so that the rules of the rows hold for it and nobody else's are in reach.
 */
export function postgresCentre(pool: pg.Pool, roleOf: (site: number) => string): Centre {
  async function as(site: number, statement: string, values: unknown[]): Promise<unknown> {
    const client = await pool.connect()
    try {
      await client.query('BEGIN')
      await client.query("SELECT set_config('role', $1, true)", [roleOf(site)])
      const { rows } = await client.query<{ reply: unknown }>(statement, values)
      await client.query('COMMIT')
      client.release()
      return rows[0]?.reply
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined)
      // What is left of a connection after an error may still be somebody's role.
      client.release(true)
      throw error
    }
  }
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
        PullReply.parse(await as(site, 'SELECT sync.pull($1::jsonb) AS reply', [JSON.stringify(request)])),
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
