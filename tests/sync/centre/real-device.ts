import { GetReply, HaveReply, PutReply } from '../../../main/sync/contents/wire.ts'
import { newIdentity } from '../../../main/sync/enrol.ts'
import { type Enrolment, HelloReply, PullReply, PushReply, type Transport } from '../../../main/sync/wire.ts'
import type { PostgresServer } from '../../support/postgres.ts'
import { type Device, enrolledDevice } from '../device/device.ts'
import type { TestCentre } from './centre.ts'

interface RealDeviceOptions {
  scope?: Enrolment['scope']
  /** Where a program has been before and its database is. */
  folder?: string
}

/** A database of its own, in SQLite, that agrees with this PostgreSQL as the role of its site. */
export async function realDevice(
  { server, centre }: { server: PostgresServer; centre: TestCentre },
  organizationId: number,
  trainerId: number | null,
  { scope = trainerId === null ? 'organization' : 'trainer', folder }: RealDeviceOptions = {},
): Promise<Device> {
  const identity = newIdentity()
  const { rows } = await centre.operator.query<{ sites: number[]; history: string; prefix: string }>(
    `SELECT sync.create_site($1, $2, $3, $4, $5, 3) AS sites, history, prefix FROM sync.head, sync.centre
    WHERE organization_id = $1`,
    [organizationId, scope, trainerId, identity.incarnation, identity.publicKey],
  )
  const { sites: [site = 0, ...spareSites] = [], history = '', prefix } = rows[0] ?? {}
  const connection = await server.again(centre.operator)
  await connection.query(`SET SESSION AUTHORIZATION "${prefix}_gateway"`)
  await connection.query(`SET ROLE "${prefix}_site_${site}"`)
  const ask = async (statement: string, ...values: unknown[]) =>
    (await connection.query<{ reply: unknown }>(statement, values)).rows[0]?.reply
  const transport: Transport = {
    hello: async (request) => HelloReply.parse(await ask('SELECT sync.hello($1) AS reply', request)),
    push: async ({ head, body, hash, signature }) =>
      PushReply.parse(await ask('SELECT sync.push($1, $2, $3, $4) AS reply', head, body, hash, signature)),
    pull: async (request) => PullReply.parse(await ask('SELECT sync.pull($1) AS reply', request)),
    contents: {
      have: async (request) => HaveReply.parse(await ask('SELECT sync.have_contents($1) AS reply', request)),
      put: async (request) => PutReply.parse(await ask('SELECT sync.put_content($1) AS reply', request)),
      get: async (request) => GetReply.parse(await ask('SELECT sync.get_content($1) AS reply', request)),
    },
    close: async () => {},
  }
  const enrolment: Enrolment = {
    site,
    spareSites,
    organizationId,
    organizationName: 'Centre',
    scope,
    trainerId,
    history,
  }
  return enrolledDevice({ enrol: () => enrolment, transport: () => transport, identity }, folder)
}
