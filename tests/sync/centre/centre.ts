import { createHash, randomUUID } from 'node:crypto'
import type pg from 'pg'
import { registry, type TableName } from '../../../main/database/registry.ts'
import type { HelloReply, PullReply, PushedRow, PushReply } from '../../../main/sync/wire.ts'
import { HelloReply as HelloShape, PullReply as PullShape, PushReply as PushShape } from '../../../main/sync/wire.ts'
import type { PostgresServer } from '../../support/postgres.ts'
import { centrePrefix as prefix } from '../../support/postgres-data.ts'
import { everyRow, type Row } from '../../support/rows.ts'
import { rowsIn } from '../page.ts'

/** The centre of a server, with the connection of its operator. */
export interface TestCentre {
  operator: pg.Client
  organization(name?: string): Promise<number>
  /** A device with a connection of its own, through the role of its site as the gateway would set it. */
  device(organization: number, options?: DeviceOptions): Promise<TestDevice>
}

export interface DeviceOptions {
  scope?: 'organization' | 'trainer' | 'kiosk'
  trainerId?: number
  /** Another life of this device. */
  after?: TestDevice
}

export async function testCentre(server: PostgresServer): Promise<TestCentre> {
  const operator = await server.centre()
  return {
    operator,
    async organization(name = 'Centre') {
      const { rows } = await operator.query<{ id: string }>('SELECT sync.create_organization($1) AS id', [name])
      return Number(rows[0]?.id)
    },
    async device(organization, { scope = 'organization', trainerId, after } = {}) {
      const incarnation = randomUUID()
      const sites = after?.spares ?? (await newSites(operator, organization, scope, trainerId, incarnation))
      const [site = 0, ...spares] = sites
      return testDevice(
        async () => {
          const connection = await server.again(operator)
          await connection.query(`SET SESSION AUTHORIZATION "${prefix}_gateway"`)
          await connection.query(`SET ROLE "${prefix}_site_${site}"`)
          return connection
        },
        { organization, site, spares, incarnation },
      )
    },
  }
}

async function newSites(
  operator: pg.Client,
  organization: number,
  scope: string,
  trainerId: number | undefined,
  incarnation: string,
) {
  const { rows } = await operator.query<{ sites: number[] }>(
    'SELECT sync.create_site($1, $2, $3, $4, $5, 4) AS sites',
    [organization, scope, trainerId ?? null, incarnation, null],
  )
  return rows[0]?.sites ?? []
}

export interface Identity {
  organization: number
  site: number
  spares: number[]
  incarnation: string
}

export interface TestDevice extends Identity {
  connection: pg.Client
  /** The same device over a new connection, as if nothing had been sent over the old one. */
  again(): Promise<TestDevice>
  /** The id of the n-th row of this site. */
  id(counter: number): number
  /** The last hash. */
  chain: string
  sealed: number
  cursor: number
  /** A row as this device would write it first, from the sample of its table. */
  row(table: TableName, counter: number, values?: Row, more?: Partial<PushedRow>): PushedRow
  hello(changes?: object): Promise<HelloReply>
  push(rows: readonly unknown[], changes?: object): Promise<PushReply>
  /** The envelope as it would be sent, without sending it. */
  seal(body: string, changes?: object): [head: string, body: string, hash: string, signature: string]
  send(envelope: readonly string[]): Promise<PushReply>
  /** Everything above the cursor, in pages, applied to nothing. */
  pull(limit?: number): Promise<Pick<PullReply, 'rows' | 'leaves'>>
}

/** Milliseconds since 2024-01-01 × 4096. */
export function clockNow(offsetMs = 0): number {
  return (Date.now() - Date.UTC(2024, 0, 1) + offsetMs) * 4096
}

async function testDevice(connect: () => Promise<pg.Client>, identity: Identity): Promise<TestDevice> {
  const connection = await connect()
  const { organization, site, incarnation } = identity
  const device: TestDevice = {
    ...identity,
    connection,
    async again() {
      const { sealed, chain, cursor } = device
      return Object.assign(await testDevice(connect, identity), { sealed, chain, cursor })
    },
    chain: '',
    sealed: 0,
    cursor: 0,
    id: (counter) => site * 2 ** 32 + counter,
    row: (table, counter, values = {}, more = {}) => ({
      table: registry[table].number,
      id: device.id(counter),
      values: { ...stored(table), ...stored(table, withOrganization(table, organization)), ...stored(table, values) },
      stamp: [clockNow(), site],
      base: 0,
      ...more,
    }),
    async hello(changes = {}) {
      const { rows } = await connection.query('SELECT sync.hello($1) AS reply', [
        {
          protocol: 1,
          schema: 5,
          app: 'test',
          site,
          incarnation,
          cursor: device.cursor,
          history: await historyOf(),
          now: Date.now(),
          ...changes,
        },
      ])
      return HelloShape.parse(rows[0]?.reply)
    },
    seal(body, changes = {}) {
      const head = JSON.stringify({
        protocol: 1,
        schema: 5,
        site,
        incarnation,
        number: device.sealed + 1,
        previous: device.chain,
        cursor: device.cursor,
        ...changes,
      })
      const { previous } = JSON.parse(head) as { previous: string }
      const hash = createHash('sha256').update(previous).update(head).update(body).digest('hex')
      return [head, body, hash, '']
    },
    async send(envelope) {
      const { rows } = await connection.query('SELECT sync.push($1, $2, $3, $4) AS reply', [...envelope])
      const reply = PushShape.parse(rows[0]?.reply)
      if (reply.status === 'ok') {
        device.sealed = reply.acknowledged
        device.chain = reply.chain
      }
      return reply
    },
    push: (rows, changes) =>
      device.send(
        device.seal(rows.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n'), changes),
      ),
    async pull(limit = 5000) {
      const all: Pick<PullReply, 'rows' | 'leaves'> = { rows: [], leaves: [] }
      let upto: number | null = null
      for (;;) {
        const { rows } = await connection.query<{ reply: unknown }>('SELECT sync.pull($1) AS reply', [
          { cursor: device.cursor, upto, limit },
        ])
        const page = PullShape.parse(rows[0]?.reply)
        all.rows.push(...rowsIn(page))
        all.leaves.push(...page.leaves)
        upto = page.upto
        device.cursor = page.cursor
        if (!page.hasMore) return all
      }
    },
  }
  async function historyOf() {
    const { rows } = await connection.query<{ reply: HelloReply }>(`SELECT sync.hello($1) AS reply`, [
      { protocol: 1, schema: 5, app: 'test', site, incarnation, cursor: 0, history: incarnation, now: 0 },
    ])
    return rows[0]?.reply.history
  }
  return device
}

function withOrganization(table: TableName, organization: number): Row {
  return table === 'organizations' || table === 'sessions' ? {} : { organization_id: organization }
}

/** As SQLite holds it: true and false as 1 and 0; references are left empty, so that a test names those it means. */
function stored(table: TableName, values: Row = everyRow[table]): PushedRow['values'] {
  const isSample = values === everyRow[table]
  return Object.fromEntries(
    Object.entries(values)
      .filter(([name]) => name !== 'id')
      .map(([name, value]) => [
        name,
        isSample &&
        /_id$|_by$|^shared_with$|^paper_(?:before|after)$/.test(name) &&
        name !== 'google_event_id' &&
        name !== 'request_id'
          ? null
          : typeof value === 'boolean'
            ? Number(value)
            : value,
      ]),
  )
}
