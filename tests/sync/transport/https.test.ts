import { randomBytes } from 'node:crypto'
import { request } from 'node:https'
import { connect } from 'node:tls'
import { gzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { pinnedAuthority } from '../../../main/sync/transports/authority.ts'
import { enrolAt } from '../../../main/sync/transports/enrol-at.ts'
import { paths } from '../../../main/sync/transports/parts.ts'
import { headersOf, type Signed, signatureOf } from '../../../main/sync/transports/signed-request.ts'
import { rowsIn } from '../page.ts'
import { conformance } from './conformance.ts'
import { groupRow, helloOf, sealed, spkiOf, type TestSite, testSite } from './envelopes.ts'
import { testGateway } from './gateway.ts'
import { badLine } from './line.ts'
import { plainCentre } from './plain-centre.ts'

conformance('the gateway of any centre', async () => {
  const sites: [TestSite, TestSite] = [testSite(1), testSite(2)]
  const gateway = await testGateway(plainCentre(sites).centre)
  return {
    organizationId: 1,
    sites,
    transport: (site) => gateway.transport(site),
    stop: gateway.close,
    [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose](),
  }
})

async function opened(over: Parameters<typeof testGateway>[1] = {}, codes: string[] = []) {
  const sites: [TestSite, TestSite] = [testSite(1), testSite(2)]
  const behind = plainCentre(sites, codes)
  const gateway = await testGateway(behind.centre, over)
  onTestFinished(() => gateway[Symbol.asyncDispose]())
  return { ...behind, sites, gateway }
}

const nonce = () => randomBytes(16).toString('base64url')

function signed(by: TestSite, request: Signed, over: Partial<{ site: number; time: number; nonce: string }> = {}) {
  const what = { site: by.site, time: Date.now(), nonce: nonce(), ...over }
  return { ...request, headers: headersOf(signatureOf(request, what, by.privateKey)) }
}

const hello = (site: TestSite): Signed => ({
  path: paths.hello,
  body: gzipSync(JSON.stringify(helloOf(site))),
})

/** What anybody can send who reaches the port. */
function send(port: number, { path, body, headers }: Signed & { headers: Record<string, string> }) {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; problem: string | undefined }>()
  const type = { 'content-type': 'application/octet-stream' }
  const call = request(
    { port, path, method: 'POST', rejectUnauthorized: false, agent: false, headers: { ...type, ...headers } },
    async (response) => {
      const text = Buffer.concat(await response.toArray()).toString()
      resolve({
        status: response.statusCode ?? 0,
        problem: text.startsWith('{') ? JSON.parse(text).problem : undefined,
      })
    },
  )
  call.on('error', reject)
  call.end(body)
  return promise
}

describe('who the gateway lets in', () => {
  it('refuses a request that is unsigned, of an unknown site, of another key, or changed after it was signed', async () => {
    const { sites, gateway, calls } = await opened()
    const [one, other] = sites
    const ask = hello(one)
    const good = signed(one, ask)
    expect(await send(gateway.port, { ...ask, headers: {} })).toMatchObject({ status: 401, problem: 'signature' })
    const unknown = signed(testSite(99), hello(testSite(99)))
    expect(await send(gateway.port, unknown)).toMatchObject({ problem: 'unknownSite' })
    expect(await send(gateway.port, signed(other, ask, { site: 1 }))).toMatchObject({ problem: 'signature' })
    const changed = gzipSync(JSON.stringify(helloOf(one, { cursor: 9 })))
    expect(await send(gateway.port, { ...good, body: changed })).toMatchObject({ problem: 'signature' })
    expect(await send(gateway.port, { ...good, path: paths.pull })).toMatchObject({ problem: 'signature' })
    expect(await send(gateway.port, { ...good, path: `${paths.hello}?x=1` })).toMatchObject({ problem: 'signature' })
    expect(calls).toEqual([])
    expect(await send(gateway.port, good)).toMatchObject({ status: 200 })
  })

  it('takes a request once, and none from before it began', async () => {
    const { sites, gateway, calls } = await opened()
    const ask = signed(sites[0], hello(sites[0]))
    expect(await send(gateway.port, ask)).toMatchObject({ status: 200 })
    expect(await send(gateway.port, ask)).toMatchObject({ status: 409, problem: 'replay' })
    const earlier = signed(sites[0], hello(sites[0]), { time: Date.now() - 60_000 })
    expect(await send(gateway.port, earlier)).toMatchObject({ status: 401, problem: 'clock' })
    expect(calls).toEqual(['hello'])
  })

  it('tells a device whose clock is a year off the time, and the device comes in with it', async () => {
    const { sites, gateway } = await opened()
    const year = 365 * 24 * 3_600_000
    for (const off of [-year, year]) {
      const transport = gateway.transport(sites[0], { now: () => Date.now() + off })
      expect(await transport.hello(helloOf(sites[0]))).toMatchObject({ status: 'ok' })
      await transport.close()
    }
  })

  it('takes no envelope that another device has sealed, and no hello in its name', async () => {
    const { sites, gateway, feed } = await opened()
    const [one, other] = sites
    const foreign = sealed(other, 1, '', [groupRow(2, 1, 1, 'foreign')])
    const transport = gateway.transport(one)
    await expect(transport.push(foreign)).rejects.toMatchObject({ cause: 'signature' })
    const underOwnName = sealed({ ...other, site: 1 }, 1, '', [groupRow(1, 1, 1, 'foreign')])
    await expect(transport.push(underOwnName)).rejects.toMatchObject({ cause: 'signature' })
    await expect(transport.hello(helloOf(other))).rejects.toMatchObject({ cause: 'signature' })
    expect(feed).toEqual([])
  })

  it('tells a revoked device so, and gives it nothing any more', async () => {
    const { sites, gateway, revoked } = await opened()
    revoked.add(1)
    const transport = gateway.transport(sites[0])
    expect(await transport.hello(helloOf(sites[0]))).toMatchObject({ status: 'revoked' })
    await expect(transport.pull({ cursor: 0, upto: null, limit: 1 })).rejects.toMatchObject({ cause: 'revoked' })
  })

  it('slows a device down that asks too often, and no other', async () => {
    const few = { perSecond: 0.001, burst: 3 }
    const many = { perSecond: 100, burst: 1_000 }
    const limits = { site: few, contents: few, enrolment: few, address: many, connections: 10 }
    const { sites, gateway } = await opened({ limits })
    const [one, other] = sites
    const transport = gateway.transport(one)
    for (let count = 0; count < 3; count += 1) await transport.hello(helloOf(one))
    await expect(transport.hello(helloOf(one))).rejects.toMatchObject({ cause: 'busy' })
    expect(await gateway.transport(other).hello(helloOf(other))).toMatchObject({ status: 'ok' })
  })
})

describe('what comes in', () => {
  it('is unpacked up to a limit, and what is too large or no JSON is refused', async () => {
    const { sites, gateway, calls } = await opened()
    const [one] = sites
    const bomb = signed(one, { path: paths.hello, body: gzipSync(Buffer.alloc(100 * 1024 * 1024)) })
    expect(await send(gateway.port, bomb)).toMatchObject({ status: 413, problem: 'tooLarge' })
    const large = signed(one, { path: paths.hello, body: randomBytes(600 * 1024) })
    expect(await send(gateway.port, large)).toMatchObject({ status: 413, problem: 'tooLarge' })
    for (const body of [Buffer.from('plain'), gzipSync('no JSON'), gzipSync('{"site":1}'), gzipSync('[]')]) {
      const broken = signed(one, { path: paths.hello, body })
      expect(await send(gateway.port, broken)).toMatchObject({ status: 400, problem: 'unreadable' })
    }
    const nothing = signed(one, { path: '/etc/passwd', body: Buffer.alloc(0) })
    expect(await send(gateway.port, nothing)).toMatchObject({ status: 404 })
    expect(calls).toEqual([])
  })

  it('arrives over a line that is cut again and again, without starting anew', async () => {
    const { sites, gateway, feed, calls } = await opened()
    const [one, other] = sites
    const line = await badLine(gateway.port, 150_000)
    onTestFinished(line.close)
    const origin = `https://127.0.0.1:${line.port}`
    const row = groupRow(1, 1, 1, 'large')
    const large = { ...row, values: { ...row.values, description: randomBytes(1024 * 1024).toString('base64') } }
    const envelope = sealed(one, 1, '', [large])
    expect(await gateway.transport(one, { origin }).push(envelope)).toMatchObject({ status: 'ok' })
    expect(feed).toHaveLength(1)
    expect(line.counted.cuts).toBeGreaterThan(5)
    // About 1.05 MiB travel; every cut costs one part at most.
    expect(line.counted.bytesUp).toBeLessThan(2.5 * 1024 * 1024)
    const page = await gateway.transport(other, { origin }).pull({ cursor: 0, upto: null, limit: 10 })
    expect(rowsIn(page)[0]?.values.description).toBe(large.values.description)
    expect(calls).toEqual(['push', 'pull'])
  })

  it('goes on in a later round where an earlier one was given up', async () => {
    const { sites, gateway } = await opened()
    const [one] = sites
    const row = groupRow(1, 1, 1, 'large')
    const large = { ...row, values: { ...row.values, description: randomBytes(1024 * 1024).toString('base64') } }
    const envelope = sealed(one, 1, '', [large])
    const line = await badLine(gateway.port, 700_000)
    const origin = `https://127.0.0.1:${line.port}`
    const givingUp = gateway.transport(one, {
      origin,
      wait: async () => {
        throw Object.assign(new Error('given up'), { name: 'Unreachable' })
      },
    })
    await expect(givingUp.push(envelope)).rejects.toThrow()
    await line.close()
    const again = await badLine(gateway.port, Number.POSITIVE_INFINITY)
    onTestFinished(again.close)
    const later = gateway.transport(one, { origin: `https://127.0.0.1:${again.port}` })
    expect(await later.push(envelope)).toMatchObject({ status: 'ok' })
    expect(again.counted.bytesUp).toBeLessThan(900 * 1024)
    await later.close()
  })
})

describe('the next page', () => {
  it('is on its way while the one before is written down, and is asked for anew after a hello', async () => {
    const { sites, gateway, calls } = await opened()
    const [one, other] = sites
    const rows = [1, 2, 3, 4, 5].map((counter) => groupRow(one.site, counter, 1, `Group ${counter}`))
    await gateway.transport(one).push(sealed(one, 1, '', rows))
    const device = gateway.transport(other)
    const pulls = () => calls.filter((call) => call === 'pull').length

    const first = await device.pull({ cursor: 0, upto: null, limit: 2 })
    await expect.poll(pulls).toBe(2)
    const second = await device.pull({ cursor: first.cursor, upto: first.upto, limit: 2 })
    await expect.poll(pulls).toBe(3)
    expect([first, second].map((page) => rowsIn(page).map(({ number }) => number))).toEqual([
      [1, 2],
      [3, 4],
    ])
    await device.hello(helloOf(other))
    const third = await device.pull({ cursor: second.cursor, upto: second.upto, limit: 2 })
    expect({ ...third, rows: rowsIn(third) }).toMatchObject({ rows: [{ number: 5 }], hasMore: false })
    expect(pulls()).toBe(4)
  })
})

describe('whom the device believes', () => {
  it('finds the authority that the invitation names, and none that it does not name', async () => {
    const { gateway } = await opened()
    const other = await opened()
    expect(await pinnedAuthority(gateway.origin, gateway.fingerprint)).toContain('BEGIN CERTIFICATE')
    await expect(pinnedAuthority(gateway.origin, other.gateway.fingerprint)).rejects.toMatchObject({
      name: 'WrongCentre',
    })
  })

  it('says nothing to a server of another authority, or of another name', async () => {
    const { sites, gateway } = await opened()
    const other = await opened()
    const impostor = gateway.transport(sites[0], { origin: other.gateway.origin })
    await expect(impostor.hello(helloOf(sites[0]))).rejects.toMatchObject({ name: 'Unreachable' })
    expect(other.calls).toEqual([])
    const publicOnly = gateway.transport(sites[0], { authority: null })
    await expect(publicOnly.hello(helloOf(sites[0]))).rejects.toMatchObject({ name: 'Unreachable' })
    const otherName = gateway.transport(sites[0], { origin: `https://127.0.0.2:${gateway.port}` })
    await expect(otherName.hello(helloOf(sites[0]))).rejects.toMatchObject({ name: 'Unreachable' })
  })

  it('speaks TLS 1.2 at least', async () => {
    const { gateway } = await opened()
    const { promise, resolve } = Promise.withResolvers<string>()
    const socket = connect({
      port: gateway.port,
      rejectUnauthorized: false,
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    })
    socket.on('secureConnect', () => resolve('connected'))
    socket.on('error', () => resolve('refused'))
    expect(await promise).toBe('refused')
  })
})

describe('a code', () => {
  const device = { publicKey: spkiOf(testSite(7).publicKey), incarnation: crypto.randomUUID(), app: '0.1.0' }
  const named = { ...device, schema: 5, machine: 'Laptop · حاسوب' }

  it('lets one device in, and that one again when the answer was lost', async () => {
    const { gateway } = await opened({}, ['CODE'])
    const { origin, authority } = gateway
    await expect(enrolAt({ origin, authority }, 'OTHER', named)).rejects.toMatchObject({ problem: 'wrongCode' })
    const first = await enrolAt({ origin, authority }, 'CODE', named)
    expect(first).toMatchObject({ site: 7, spareSites: [8, 9], organizationName: 'Centre' })
    expect(await enrolAt({ origin, authority }, 'CODE', named)).toEqual(first)
    const another = { ...named, publicKey: spkiOf(testSite(8).publicKey) }
    await expect(enrolAt({ origin, authority }, 'CODE', another)).rejects.toMatchObject({ problem: 'wrongCode' })
  })

  it('cannot be guessed by trying', async () => {
    const { gateway, calls } = await opened({}, ['CODE'])
    const { origin, authority } = gateway
    const tries = Array.from({ length: 14 }, (_, index) =>
      enrolAt({ origin, authority }, `GUESS${index}`, named).catch((error: unknown) => Object(error).problem),
    )
    expect((await Promise.all(tries)).filter((problem) => problem === 'busy').length).toBeGreaterThanOrEqual(3)
    expect(calls.length).toBeLessThanOrEqual(11)
  })
})
