import { randomBytes, randomUUID } from 'node:crypto'
import { chownSync, statSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import {
  announceGateway,
  devicesOf,
  invite,
  newOrganization,
  type OfferedWay,
  revokeSite,
} from '../../../main/centre/enrolment.ts'
import { initCentre } from '../../../main/centre/init.ts'
import { closeLogin, loginsOf, openLogin } from '../../../main/centre/logins.ts'
import { endLongTransactions, postgresCentre } from '../../../main/centre/postgres-centre.ts'
import { systemClock } from '../../../main/clock.ts'
import { openDatabase } from '../../../main/database/database.ts'
import { keyFile } from '../../../main/database/key.ts'
import { newAuthority, newCertificateFor } from '../../../main/domains/classroom/certificates/issue.ts'
import { newIdentity } from '../../../main/sync/enrol.ts'
import { joinCentre } from '../../../main/sync/join.ts'
import { ownMembership } from '../../../main/sync/membership.ts'
import { replicaOf } from '../../../main/sync/replica.ts'
import { runRound } from '../../../main/sync/round.ts'
import { placeIn } from '../../../main/sync/transports/direct-place.ts'
import { enrolAt } from '../../../main/sync/transports/enrol-at.ts'
import { openTransport } from '../../../main/sync/transports/open-transport.ts'
import { pgTransport } from '../../../main/sync/transports/pg.ts'
import { tryDirect } from '../../../main/sync/try-direct.ts'
import { readInvitation } from '../../../shared/invitation.ts'
import { testApp } from '../../support/app.ts'
import { password as adminPassword, testCentre } from '../../support/centre.ts'
import { temporaryFolder } from '../../support/folder.ts'
import { type PostgresServer, startPostgres } from '../../support/postgres.ts'
import { refusalKey } from '../../support/refusal.ts'
import { enrolledDevice } from '../device/device.ts'
import { conformance } from './conformance.ts'
import { contentConformance } from './content-conformance.ts'
import { helloOf, spkiOf, type TestSite, testSite } from './envelopes.ts'
import { testGateway } from './gateway.ts'

const password = 'only for this test'
const tomorrow = () => new Date(Date.now() + 86_400_000)

let server: PostgresServer
let authority: string
beforeAll(async () => {
  server = await startPostgres()
  authority = await encrypt(server)
})
afterAll(() => server[Symbol.asyncDispose]())

/** Makes the server speak TLS, and take SCRAM over it alone; the operator of the test keeps the way it has. */
async function encrypt({ database }: PostgresServer): Promise<string> {
  const operator = await database()
  const show = async (name: string) => String((await operator.query(`SHOW ${name}`)).rows[0]?.[name])
  const folder = await show('data_directory')
  const { uid, gid } = statSync(folder)
  const own = await newAuthority(new Date(), { name: 'Test', isPrivateOnly: false })
  const names = [{ type: 'ip', value: '127.0.0.1' } as const]
  const made = await newCertificateFor(own, names, { now: new Date(), subject: 'Test' })
  for (const [name, text] of [
    ['test.crt', made.certificate],
    ['test.key', made.privateKey],
  ] as const) {
    writeFileSync(join(folder, name), text, { mode: 0o600 })
    chownSync(join(folder, name), uid, gid)
  }
  const hba = await show('hba_file')
  const rules = 'hostnossl all postgres 127.0.0.1/32 trust\nhostssl all all 127.0.0.1/32 scram-sha-256\n'
  writeFileSync(hba, rules)
  await operator.query(`ALTER SYSTEM SET ssl_cert_file = 'test.crt'`)
  await operator.query(`ALTER SYSTEM SET ssl_key_file = 'test.key'`)
  await operator.query('ALTER SYSTEM SET ssl = on')
  await operator.query('SELECT pg_reload_conf()')
  return own.certificate
}

/** A line to a port of this machine that hangs up on everybody until it is opened. */
async function shutLine(to: number) {
  let isOpen = false
  let connections = 0
  const line = createServer((socket) => {
    if (!isOpen) return void socket.destroy()
    connections += 1
    const onward = connect(to, '127.0.0.1')
    socket.pipe(onward).pipe(socket)
    for (const end of [socket, onward]) end.on('error', () => [socket, onward].map((one) => one.destroy()))
  })
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve))
  return {
    port: (line.address() as AddressInfo).port,
    open: () => (isOpen = true),
    connections: () => connections,
    [Symbol.asyncDispose]: async () => void line.close(),
  }
}

let centres = 0

/** A centre of its own on that server, with two devices of one organization. */
async function centreWithDevices() {
  const operator = await server.migrated()
  const prefix = `way${(centres += 1)}`
  await initCentre(operator, { prefix, gatewayPassword: password })
  const organizationId = await newOrganization(operator, 'Centre')
  async function letIn(organization: number): Promise<TestSite> {
    const made = testSite(0)
    const { rows } = await operator.query<{ sites: number[] }>(
      'SELECT sync.create_site($1, $2, NULL, $3, $4, 3) AS sites',
      [organization, 'organization', made.incarnation, spkiOf(made.publicKey)],
    )
    return { ...made, site: rows[0]?.sites[0] ?? 0 }
  }
  const sites: [TestSite, TestSite] = [await letIn(organizationId), await letIn(organizationId)]
  const place = { host: '127.0.0.1', port: operator.port, database: operator.database ?? '' }
  return { operator, prefix, organizationId, sites, place, letIn }
}

/** The same with a device of another organization. */
async function centreWithStranger() {
  const centre = await centreWithDevices()
  const strangeOrganizationId = await newOrganization(centre.operator, 'Other')
  return { ...centre, strangeOrganizationId, stranger: await centre.letIn(strangeOrganizationId) }
}

type OpenedCentre = Awaited<ReturnType<typeof centreWithDevices>>

async function gatewayOf({ place, prefix }: Pick<Awaited<ReturnType<typeof centreWithDevices>>, 'place' | 'prefix'>) {
  const ssl = { ca: authority }
  const pool = new pg.Pool({ ...place, user: `${prefix}_gateway`, password, ssl, max: 4 })
  pool.on('error', () => undefined)
  const gateway = await testGateway(postgresCentre(pool, (site) => `${prefix}_site_${site}`))
  return {
    gateway,
    async [Symbol.asyncDispose]() {
      await gateway[Symbol.asyncDispose]()
      await pool.end()
    },
  }
}

async function byGateway<C extends OpenedCentre>(centre: C) {
  const { gateway, ...opened } = await gatewayOf(centre)
  return { ...centre, ...opened, transport: (site: TestSite) => gateway.transport(site), stop: gateway.close }
}

conformance('the gateway of a PostgreSQL', async () => byGateway(await centreWithDevices()))
contentConformance('the gateway of a PostgreSQL', async () => byGateway(await centreWithStranger()))
conformance('PostgreSQL alone', async () => direct(await centreWithDevices(), []))
contentConformance('PostgreSQL alone', async () => {
  const centre = await centreWithStranger()
  return direct(centre, [centre.stranger])
})

async function direct<C extends OpenedCentre>(centre: C, others: TestSite[]) {
  const { operator, prefix, place } = centre
  const open: { close(): Promise<void> }[] = []
  const sites = [...centre.sites, ...others]
  for (const { site } of sites) {
    await operator.query(`ALTER ROLE ${prefix}_site_${site} LOGIN PASSWORD '${password}'`)
  }
  const close = async () => {
    await Promise.all(open.map((one) => one.close().catch(() => undefined)))
    open.length = 0
  }
  return {
    ...centre,
    transport({ site }: TestSite) {
      const transport = pgTransport({ ...place, user: () => `${prefix}_site_${site}`, password, authority })
      open.push(transport)
      return transport
    },
    async stop() {
      for (const { site } of sites) await operator.query(`ALTER ROLE ${prefix}_site_${site} NOLOGIN`)
      await operator.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename LIKE '${prefix}_site_%'`,
      )
    },
    [Symbol.asyncDispose]: close,
  }
}

it('says nothing to a PostgreSQL that another authority vouches for', async () => {
  const { prefix, place, sites, operator } = await centreWithDevices()
  const user = `${prefix}_site_${sites[0].site}`
  await operator.query(`ALTER ROLE ${user} LOGIN PASSWORD '${password}'`)
  const { certificate } = await newAuthority(new Date(), { name: 'Other', isPrivateOnly: false })
  const transport = pgTransport({ ...place, user: () => user, password, authority: certificate })
  await expect(transport.hello(helloOf(sites[0]))).rejects.toMatchObject({ name: 'Unreachable' })
  const plain = pgTransport({ ...place, user: () => user, password, authority: null })
  await expect(plain.hello(helloOf(sites[0]))).rejects.toMatchObject({ name: 'Unreachable' })
})

it('lets a device sign in to PostgreSQL with a password that ends, and ends its sessions with the login', async () => {
  const { prefix, place, sites, operator, organizationId } = await centreWithDevices()
  const [{ site }] = sites
  expect(await openLogin(operator, 2 ** 21 - 1, tomorrow())).toBeUndefined()
  expect(await closeLogin(operator, site)).toBe(false)
  const opened = await openLogin(operator, site, tomorrow())
  expect(opened).toMatchObject({ role: `${prefix}_site_${site}` })
  const login = (password = opened?.password ?? '', number = site) =>
    pgTransport({ ...place, user: () => `${prefix}_site_${number}`, password, authority })
  const transport = login()
  expect(await transport.hello(helloOf(sites[0]))).toMatchObject({ status: expect.any(String) })
  // Its next life has the same password; another device has none, and neither may do anything but the functions of a device.
  await expect(login(undefined, sites[1].site).hello(helloOf(sites[1]))).rejects.toMatchObject({ name: 'Unreachable' })
  const client = new pg.Client({
    ...place,
    user: `${prefix}_site_${site + 1}`,
    password: opened?.password ?? '',
    ssl: { ca: authority },
  })
  client.on('error', () => undefined)
  await client.connect()
  // So has a life for which there was no number yet.
  const used = 'UPDATE sync.site SET incarnation = gen_random_uuid() WHERE family = $1 AND incarnation IS NULL'
  await operator.query(used, [site])
  const { spareSites: [another = 0] = [] } = await transport.hello(helloOf(sites[0]))
  const later = login(undefined, another)
  expect(await later.hello({ ...helloOf(sites[0]), site: another, incarnation: randomUUID() })).toMatchObject({
    status: expect.stringMatching(/^(ok|rolledBack)$/),
  })
  for (const statement of [
    'SELECT * FROM public.users',
    'SELECT * FROM sync.site',
    'SELECT sync.move_back(1)',
    'CREATE TABLE public.t ()',
    `SET ROLE "${prefix}_site_${sites[1].site}"`,
  ]) {
    await expect(client.query(statement)).rejects.toMatchObject({ code: '42501' })
  }
  expect(await loginsOf(operator, organizationId)).toMatchObject([{ site, isOver: false }])
  expect(await loginsOf(operator, organizationId + 1)).toEqual([])

  expect(await closeLogin(operator, site)).toBe(true)
  await expect(client.query('SELECT 1')).rejects.toThrow()
  await expect(transport.hello(helloOf(sites[0]))).rejects.toMatchObject({ name: 'Unreachable' })
  await expect(login().hello(helloOf(sites[0]))).rejects.toMatchObject({ name: 'Unreachable' })
  await expect(later.hello(helloOf(sites[0]))).rejects.toMatchObject({ name: 'Unreachable' })
  expect((await operator.query('SELECT FROM sync.login')).rowCount).toBe(0)
  const over = await openLogin(operator, site, new Date(Date.now() - 1000))
  await expect(login(over?.password).hello(helloOf(sites[0]))).rejects.toMatchObject({ name: 'Unreachable' })
  expect(await loginsOf(operator, organizationId)).toMatchObject([{ site, isOver: true }])
  const { rows } = await operator.query(
    'SELECT count(*)::integer AS count FROM pg_auth_members WHERE member = $1::regrole AND roleid = $2::regrole',
    [`${prefix}_owner`, `${prefix}_site_${site}`],
  )
  expect(rows[0]?.count).toBeLessThan(2)
})

it('is tried from the device, and says what is wrong with an access in words', async () => {
  const { place, sites, operator, organizationId, prefix } = await centreWithDevices()
  const [{ site, incarnation }] = sites
  const { rows } = await operator.query<{ history: string }>('SELECT history FROM sync.head')
  const history = rows[0]?.history ?? ''
  const identity = { ...newIdentity(), incarnation }
  const enrolment = {
    site,
    spareSites: [],
    organizationId,
    organizationName: 'Centre',
    scope: 'organization',
    trainerId: null,
    history,
  } as const
  const noTransport = () => pgTransport({ ...place, user: () => '', password, authority })
  const device = await enrolledDevice({
    enrol: () => ({ ...enrolment, spareSites: [] }),
    transport: noTransport,
    identity,
  })
  const opened = await openLogin(operator, site, tomorrow())
  const of = (host: string, secret = opened?.password ?? '') =>
    `postgres://${opened?.role}:${secret}@${host}:${place.port}/${place.database}`
  const attempt = (access: string, pem: string | null) =>
    tryDirect({ database: device.database, clock: systemClock, app: 'test', access, authority: pem })
  await attempt(of('127.0.0.1'), authority)
  const { certificate: strange } = await newAuthority(new Date(), { name: 'Other', isPrivateOnly: false })
  for (const [access, pem, key] of [
    [of('127.0.0.1', 'wrong'), authority, 'sync.accessRefused'],
    [of('localhost'), authority, 'sync.accessNotTrusted'],
    [of('127.0.0.1'), strange, 'sync.accessNotTrusted'],
    [of('127.0.0.1'), null, 'sync.accessNotTrusted'],
    [of('127.0.0.1').replace(`:${place.port}/`, ':9/'), authority, 'sync.accessAway'],
  ] as const)
    await expect(attempt(access, pem)).rejects.toMatchObject({ key })

  // The whole way: chosen in its table, it carries rows, and the next life of the database signs in as itself.
  const keep = `INSERT INTO sync_way (one, address, direct, direct_authority) VALUES (1, 'https://127.0.0.1:9', ?, ?)`
  device.database.connection.prepare(keep).run(of('127.0.0.1'), authority)
  await device.insert('groups', { name: 'by PostgreSQL itself' })
  const transport = openTransport(device.database.connection)
  if (!transport) throw new Error('There is no way.')
  expect(await device.round({ transport })).toBe('done')
  device.database.connection.prepare('UPDATE local_site SET site = ?').run(site + 1)
  expect(
    await transport.hello({ ...helloOf(sites[0], { history }), site: site + 1, incarnation: randomUUID() }),
  ).toMatchObject({ status: 'ok' })
  await transport.close()
  expect((await operator.query('SELECT name FROM groups')).rows).toEqual([{ name: 'by PostgreSQL itself' }])
  await closeLogin(operator, site)
  await expect(attempt(of('127.0.0.1'), authority)).rejects.toMatchObject({ key: 'sync.accessRefused' })
  expect(opened?.role).toBe(`${prefix}_site_${site}`)
})

it('ends what a device that is shut out has open at PostgreSQL, at once', async () => {
  const { prefix, place, sites, operator } = await centreWithDevices()
  const [{ site }] = sites
  const opened = await openLogin(operator, site, tomorrow())
  const client = new pg.Client({
    ...place,
    user: `${prefix}_site_${site}`,
    password: opened?.password ?? '',
    ssl: { ca: authority },
  })
  client.on('error', () => undefined)
  await client.connect()
  await revokeSite(operator, site)
  await expect(client.query('SELECT 1')).rejects.toThrow()
  expect(await openLogin(operator, site, tomorrow())).toBeUndefined()
})

it('ends a transaction that a device leaves open, and nothing else', async () => {
  const { prefix, place, sites, operator } = await centreWithDevices()
  const open = await Promise.all(
    sites.map(async ({ site }) => {
      const user = `${prefix}_site_${site}`
      await operator.query(`ALTER ROLE ${user} LOGIN PASSWORD '${password}'`)
      const client = new pg.Client({ ...place, user, password, ssl: { ca: authority } })
      client.on('error', () => undefined)
      await client.connect()
      return client
    }),
  )
  const pool = new pg.Pool({ ...place, user: `${prefix}_gateway`, password, ssl: { ca: authority } })
  try {
    await open[0]?.query('BEGIN')
    expect(await endLongTransactions(pool, `${prefix}_site_`, 60)).toBe(0)
    expect(await endLongTransactions(pool, `${prefix}_site_`, 0)).toBe(1)
    await expect(open[0]?.query('SELECT 1')).rejects.toThrow()
    expect((await open[1]?.query('SELECT 1 AS one'))?.rows).toEqual([{ one: 1 }])
  } finally {
    await Promise.all([...open.map((client) => client.end().catch(() => undefined)), pool.end()])
  }
})

it('lets a device come by PostgreSQL itself where its invitation offers that, and by the gateway where that does not answer', async () => {
  const centre = await centreWithDevices()
  const { operator, organizationId, place } = centre
  await using opened = await gatewayOf(centre)
  await announceGateway(operator, opened.gateway.origin, opened.gateway.fingerprint)
  const asked = { organizationId, scope: 'organization', trainer: null } as const
  const offer = { host: place.host, port: place.port, authority, days: 30 }

  /** What a new computer keeps of its way, and by what it signs in. */
  async function joined(direct: OfferedWay | undefined) {
    const folder = temporaryFolder()
    const database = await openDatabase(join(folder, 'bdc.db'), keyFile(join(folder, 'bdc.key')))
    onTestFinished(() => database.close())
    const { text } = await invite(operator, { ...asked, direct })
    await joinCentre({ database, clock: systemClock, app: 'test', invitation: text, machine: 'Poste', by: null })
    const way = await database.reader.selectFrom('sync_way').selectAll().executeTakeFirstOrThrow()
    const { site } = ownMembership(replicaOf(database.connection))
    return { way, site, connection: database.connection }
  }
  const loginsNow = async () => (await loginsOf(operator, organizationId)).map(({ site }) => site)

  const byGateway = await joined(undefined)
  expect(byGateway.way).toMatchObject({ address: opened.gateway.origin, direct: null, offer_host: null })
  expect(await loginsNow()).toEqual([])

  const away = await joined({ ...offer, port: 9 })
  expect(away.way).toMatchObject({ direct: null, offer_host: '127.0.0.1', offer_problem: 'sync.accessAway' })
  expect(away.way).toMatchObject({ offer: expect.stringContaining('@127.0.0.1:9/'), offer_authority: authority })
  const { certificate: strange } = await newAuthority(new Date(), { name: 'Other', isPrivateOnly: false })
  const wrong = await joined({ ...offer, authority: strange })
  expect(wrong.way).toMatchObject({ direct: null, direct_authority: null, offer_problem: 'sync.accessNotTrusted' })

  const direct = await joined(offer)
  expect(direct.way).toMatchObject({ direct_authority: authority, offer: null, offer_problem: null })
  const password = placeIn(direct.way.direct ?? '')?.password ?? ''
  expect(password).toHaveLength(32)
  const [login] = (await loginsOf(operator, organizationId)).filter(({ site }) => site === direct.site)
  expect(Date.parse(login?.until ?? '') - Date.now()).toBeLessThan(31 * 86_400_000)
  await opened.gateway.close()
  const replica = replicaOf(direct.connection)
  const transport = openTransport(direct.connection)
  if (!transport) throw new Error('There is no way.')
  const round = { replica, transport, clock: systemClock, random: randomBytes, app: 'test' }
  expect(await runRound(round)).toBe('done')
  await transport.close()
  const named = replica.prepared<number>('SELECT site FROM sync_machines WHERE name = ?').pluck()
  expect(named.all('Poste')).toContain(direct.site)

  // The centre has seen the verifier alone, and whoever has that cannot sign in with it.
  const { rows } = await operator.query<{ kept: string }>(
    'SELECT rolpassword AS kept FROM pg_authid WHERE rolname = $1',
    [login?.role],
  )
  const verifier = rows[0]?.kept ?? ''
  expect(verifier).toMatch(/^SCRAM-SHA-256/)
  expect(verifier).not.toContain(password)
  const thief = pgTransport({ ...place, user: () => login?.role ?? '', password: verifier, authority })
  await expect(thief.hello(helloOf(testSite(direct.site)))).rejects.toMatchObject({ name: 'Unreachable' })
  await thief.close()
}, 30_000)

it('goes by PostgreSQL itself once that answers, when the offer of the invitation is tried again', async () => {
  const centre = await centreWithDevices()
  const { operator, organizationId, place } = centre
  await using opened = await gatewayOf(centre)
  await announceGateway(operator, opened.gateway.origin, opened.gateway.fingerprint)
  await using line = await shutLine(place.port)
  const direct = { host: place.host, port: line.port, authority, days: 30 }
  const { text } = await invite(operator, { organizationId, scope: 'organization', trainer: null, direct })
  await using app = await testApp()
  const { admin } = await testCentre(app)
  await admin.sync.enrol({ invitation: text, machine: 'Poste', password: adminPassword })
  await app.restart()
  expect(await admin.sync.way()).toMatchObject({ direct: null, offer: { problem: 'sync.accessAway' } })
  line.open()
  await admin.sync.retryOffer()
  const host = `127.0.0.1:${line.port}`
  expect(await admin.sync.way()).toMatchObject({ direct: { host, hasAuthority: true }, offer: null })
  const before = line.connections()
  await expect.poll(async () => (await admin.sync.state()).status, { timeout: 20_000 }).toBe('done')
  expect(line.connections()).toBeGreaterThan(before)
  expect(await refusalKey(admin.sync.retryOffer())).toBe('sync.noOffer')
}, 30_000)

it('lets one device in by a code, once, within ten minutes, and shuts it out at once', async () => {
  const centre = await centreWithDevices()
  const { operator, organizationId } = centre
  const asked = { organizationId, scope: 'organization', trainer: null } as const
  await expect(invite(operator, asked)).rejects.toThrow('The gateway has never run')
  await using opened = await gatewayOf(centre)
  const { gateway } = opened
  await announceGateway(operator, gateway.origin, gateway.fingerprint)
  const trainer = invite(operator, { ...asked, scope: 'trainer', trainer: 'nobody@example.org' })
  await expect(trainer).rejects.toThrow('no trainer with the address')

  const { text } = await invite(operator, asked)
  const invitation = readInvitation(text)
  expect(invitation).toMatchObject({ origin: gateway.origin, authority: gateway.fingerprint })
  const code = invitation?.code ?? ''
  const own = testSite(0)
  const device = {
    publicKey: spkiOf(own.publicKey),
    incarnation: own.incarnation,
    app: '0.1.0',
    schema: 6,
    machine: 'Poste',
  }
  const enrolment = await enrolAt(gateway, code, device)
  expect(enrolment).toMatchObject({ organizationId, organizationName: 'Centre', scope: 'organization' })
  expect(enrolment.spareSites).toHaveLength(3)
  expect(await enrolAt(gateway, code, device)).toEqual(enrolment)
  const thief = { ...device, publicKey: spkiOf(testSite(0).publicKey) }
  await expect(enrolAt(gateway, code, thief)).rejects.toMatchObject({ problem: 'wrongCode' })
  const slipped = { ...device, verifier: "SCRAM-SHA-256$4096:a$b:c' SUPERUSER" }
  await expect(enrolAt(gateway, code, slipped)).rejects.toMatchObject({ problem: 'unreadable' })

  const late = readInvitation((await invite(operator, asked)).text)?.code ?? ''
  await operator.query("UPDATE sync.invitation SET expires_at = now() - interval '1 second' WHERE used_at IS NULL")
  await expect(enrolAt(gateway, late, thief)).rejects.toMatchObject({ problem: 'wrongCode' })

  const site = { ...own, site: enrolment.site }
  const history = enrolment.history
  expect(await gateway.transport(site).hello(helloOf(site, { history }))).toMatchObject({ status: 'ok' })
  const [spare = 0] = enrolment.spareSites
  const nextLife = { ...own, site: spare, incarnation: testSite(0).incarnation }
  expect(await gateway.transport(nextLife).hello(helloOf(nextLife, { history }))).toMatchObject({ status: 'ok' })
  expect((await devicesOf(operator, organizationId)).find(({ machine }) => machine === 'Poste')).toMatchObject({
    site: spare,
    app: '0.1.0',
    behind: 1,
    revokedAt: null,
  })
  const heard = async (count: number, digit: string) => {
    await gateway
      .transport(nextLife)
      .hello({ ...helloOf(nextLife, { history }), anchor: { count, mac: digit.repeat(64) } })
    return (await devicesOf(operator, organizationId)).find(({ machine }) => machine === 'Poste')
  }
  const longest = { anchor: { chain: organizationId, count: 7, mac: 'a'.repeat(64) }, anchorLostAt: null }
  expect(await heard(7, 'a')).toMatchObject(longest)
  expect(await heard(7, 'a')).toMatchObject(longest)
  const lost = { ...longest, anchorLostAt: expect.any(String) }
  expect(await heard(6, 'b')).toMatchObject(lost)
  expect(await heard(9, 'c')).toMatchObject({ anchor: { count: 9 }, anchorLostAt: expect.any(String) })
  expect(await revokeSite(operator, 2 ** 21 - 1)).toBeUndefined()
  expect(await revokeSite(operator, enrolment.site)).toEqual({ machine: 'Poste' })
  for (const life of [site, nextLife]) {
    const transport = gateway.transport(life)
    expect(await transport.hello(helloOf(life, { history }))).toMatchObject({ status: 'revoked' })
    await expect(transport.pull({ cursor: 0, upto: null, limit: 1 })).rejects.toMatchObject({ cause: 'revoked' })
  }
})
