import { isIP } from 'node:net'
import pg from 'pg'
import type * as z from 'zod'
import { GetReply, HaveReply, PutReply } from '../contents/wire.ts'
import { HelloReply, PullReply, PushReply, type Transport, Unreachable } from '../wire.ts'
import { oneAhead } from './one-ahead.ts'

export interface PostgresWay {
  host: string
  port: number
  database: string
  /** `bdc_site_12`: who calls is told by the role. Asked for each connection: a database may go on as another site. */
  user: () => string
  password: string
  /** PEM; null: a certificate that this computer verifies by itself. */
  authority: string | null
}

/** How long an answer may take, in milliseconds: an envelope is one transaction of the centre. */
const patienceMs = 120_000

/**
 * The way to the centre through PostgreSQL itself: encrypted, verified against its name, and with the password bound to this
 * very connection. Nothing is ever SET: who calls is the role that signed in.
 */
export function pgTransport(way: PostgresWay): Transport {
  let open: pg.Client | undefined

  let openAs: string | undefined

  async function client(): Promise<pg.Client> {
    if (open && openAs === way.user()) return open
    // Another life of this database is another role.
    await open?.end().catch(() => undefined)
    openAs = way.user()
    const made = clientTo(way)
    // A line that is cut between two calls says so here; the next call opens a new one.
    made.on('error', () => {
      open = undefined
    })
    made.on('end', () => {
      open = undefined
    })
    await made.connect()
    open = made
    return made
  }
  async function call<T>(statement: string, values: unknown[], shape: z.ZodType<T>): Promise<T> {
    try {
      const { rows } = await (await client()).query<{ reply: unknown }>(statement, values)
      return shape.parse(rows[0]?.reply)
    } catch (cause) {
      open?.end().catch(() => undefined)
      open = undefined
      throw new Unreachable('The database of the centre did not answer.', { cause })
    }
  }
  const pushes = oneAhead(({ head, body, hash, signature }, onSent) => {
    const asked = call('SELECT sync.push($1, $2, $3, $4) AS reply', [head, body, hash, signature], PushReply)
    onSent()
    return asked
  })
  return {
    hello(request) {
      pushes.forget()
      return call('SELECT sync.hello($1::jsonb) AS reply', [JSON.stringify(request)], HelloReply)
    },
    push: pushes.push,
    pull: (request) => call('SELECT sync.pull($1::jsonb) AS reply', [JSON.stringify(request)], PullReply),
    contents: {
      have: (request) => call('SELECT sync.have_contents($1::jsonb) AS reply', [JSON.stringify(request)], HaveReply),
      put: (request) => call('SELECT sync.put_content($1::jsonb) AS reply', [JSON.stringify(request)], PutReply),
      get: (request) => call('SELECT sync.get_content($1::jsonb) AS reply', [JSON.stringify(request)], GetReply),
    },
    async close() {
      await open?.end()
    },
  }
}

function clientTo({ host, port, database, user, password, authority }: PostgresWay): pg.Client {
  return new pg.Client({
    host,
    port,
    database,
    user: user(),
    password,
    application_name: 'bdc',
    connectionTimeoutMillis: 20_000,
    query_timeout: patienceMs,
    enableChannelBinding: true,
    ssl: {
      minVersion: 'TLSv1.2',
      rejectUnauthorized: true,
      ...(authority !== null && { ca: authority }),
      ...(isIP(host) === 0 && { servername: host }),
    },
  })
}
