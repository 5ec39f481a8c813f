import { X509Certificate } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { connect, createServer } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { type Certified, newAuthority, newServerCertificate } from '../../main/domains/classroom/certificates/issue.ts'
import { isPrivate } from '../../main/domains/classroom/certificates/private-networks.ts'
import type { RoomListener, RoomPlace } from '../../main/room-listener.ts'
import { testApp } from '../support/app.ts'
import { password, publishedAssessment, secondCentre, testCentre } from '../support/centre.ts'
import { testClock } from '../support/clock.ts'
import { refusalKey } from '../support/refusal.ts'

const day = 24 * 3_600_000

/** A centre whose rooms are opened into this list instead of a network. */
async function centreWithRooms() {
  const places: RoomPlace[] = []
  const roomListener: RoomListener = {
    async open(place) {
      places.push(place)
      return { port: 4711, addresses: ['https://127.0.0.1:4711'], callers: () => [], close: async () => undefined }
    },
  }
  const clock = testClock()
  const app = await testApp({ clock, roomListener })
  const { admin, email } = await testCentre(app)
  const signInAgain = () => admin.identity.signIn({ email, password })
  const { id } = await publishedAssessment(admin)
  const start = () =>
    admin.classroom.start({ assessmentIds: [id], address: '127.0.0.1', port: 0, security: 'encrypted' })
  const leafOf = (place: RoomPlace | undefined) => new X509Certificate(place?.certified?.certificate ?? '')
  return { app, admin, clock, places, start, leafOf, signInAgain }
}

/** What a client that trusts the authority says to a server with this certificate: undefined when it is content. */
async function verdict(authority: Certified, server: Certified, asked: { host?: string; servername?: string }) {
  const listener = createServer({ cert: server.certificate, key: server.privateKey }, (socket) => socket.end())
  listener.on('tlsClientError', () => undefined)
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const place = listener.address()
  const port = typeof place === 'object' && place ? place.port : 0
  try {
    return await new Promise<string | undefined>((resolve) => {
      const socket = connect({ host: '127.0.0.1', port, ca: authority.certificate, ...asked })
      socket.on('secureConnect', () => resolve(undefined))
      socket.on('error', (error) => resolve(error.message))
    })
  } finally {
    listener.close()
  }
}

const place = (address: string, name = 'bdc-7f3a.local') =>
  ({ address, name, port: 4190, security: 'encrypted' }) as const

describe('the authority of a centre', () => {
  it('is believed for a private address and a local name', async () => {
    const authority = await newAuthority(new Date())
    const server = await newServerCertificate(authority, place('127.0.0.1'), new Date())
    expect(await verdict(authority, server, {})).toBeUndefined()
    expect(await verdict(authority, server, { servername: 'bdc-7f3a.local' })).toBeUndefined()
    expect(await verdict(authority, server, { servername: 'bdc-0000.local' })).toContain('altnames')
  })

  it.each([
    ['a name of the internet', place('127.0.0.1', 'bank.example'), { servername: 'bank.example' }],
    ['a public address', place('203.0.113.7'), { servername: 'bdc-7f3a.local' }],
    ['an address of IPv6', place('2001:db8::1'), { servername: 'bdc-7f3a.local' }],
  ])('is not believed for %s, though it has signed it', async (_what, where, asked) => {
    const authority = await newAuthority(new Date())
    const server = await newServerCertificate(authority, where, new Date())
    expect(await verdict(authority, server, asked)).toContain('permitted subtree violation')
  })

  it('is not believed by who has not installed it', async () => {
    const server = await newServerCertificate(await newAuthority(new Date()), place('127.0.0.1'), new Date())
    expect(await verdict(await newAuthority(new Date()), server, {})).toContain('self-signed certificate')
  })

  it('signs servers for less than 398 days, and begins early for clocks that are slow', async () => {
    const now = new Date()
    const server = await newServerCertificate(await newAuthority(now), place('127.0.0.1'), now)
    const { validFromDate, validToDate } = new X509Certificate(server.certificate)
    expect(validToDate.getTime() - validFromDate.getTime()).toBeLessThan(398 * day)
    expect(now.getTime() - validFromDate.getTime()).toBeGreaterThan(29 * day)
  })

  it.each([
    ['10.77.0.1', true],
    ['172.31.255.1', true],
    ['172.32.0.1', false],
    ['192.168.1.20', true],
    ['192.169.1.20', false],
    ['100.64.0.1', true],
    ['8.8.8.8', false],
  ])('knows whether %s is private: %s', (address, isSo) => {
    expect(isPrivate(address)).toBe(isSo)
  })
})

describe('the certificate of a centre', () => {
  it('is handed out to staff, is the same each time, and another for another centre', async () => {
    const { app, admin } = await centreWithRooms()
    await using _ = app
    expect(await refusalKey(app.visitor().classroom.certificate())).toBe('door.signInFirst')
    const [first, second] = await Promise.all([admin.classroom.certificate(), admin.classroom.certificate()])
    expect(first).toEqual(second)
    expect(first.certificate).not.toContain('PRIVATE KEY')
    const { admin: stranger } = await secondCentre(app)
    expect((await stranger.classroom.certificate()).certificate).not.toBe(first.certificate)
    expect(await admin.classroom.certificate()).toEqual(first)
  })

  it('is never on the disk in the clear, nor its key', async () => {
    const { app, admin, start } = await centreWithRooms()
    await using _ = app
    await start()
    const { certificate } = await admin.classroom.certificate()
    const lines = certificate.split('\n').filter((line) => line.length === 64)
    expect(lines.length).toBeGreaterThan(5)
    for (const file of readdirSync(app.dataDir, { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue
      const bytes = readFileSync(join(file.parentPath, file.name))
      for (const text of ['PRIVATE KEY', 'BEGIN CERTIFICATE', ...lines]) expect(bytes.includes(text)).toBe(false)
    }
  })
})

describe('the certificate of a room', () => {
  it('is for its address and its name, is the one that the screen shows, and stays through a restart', async () => {
    const { app, admin, places, start, leafOf } = await centreWithRooms()
    await using _ = app
    await start()
    const room = await admin.classroom.current()
    const leaf = leafOf(places[0])
    expect(leaf.subjectAltName).toBe(`IP Address:127.0.0.1, DNS:${places[0]?.name}`)
    expect(room?.fingerprint).toBe(Buffer.from(leaf.fingerprint256.replaceAll(':', ''), 'hex').toString('base64url'))
    const authority = new X509Certificate((await admin.classroom.certificate()).certificate)
    expect(leaf.verify(authority.publicKey)).toBe(true)

    await app.restart()
    expect(leafOf(places[1]).fingerprint256).toBe(leaf.fingerprint256)
    expect(places[1]?.name).toBe(places[0]?.name)
    expect((await admin.classroom.current())?.fingerprint).toBe(room?.fingerprint)
  })

  it('is a new one for each session, by the same authority, until that nears its own end', async () => {
    const { app, admin, clock, places, start, leafOf, signInAgain } = await centreWithRooms()
    await using _ = app
    const { certificate } = await admin.classroom.certificate()
    await start()
    await admin.classroom.end()
    await start()
    await admin.classroom.end()
    expect(leafOf(places[1]).fingerprint256).not.toBe(leafOf(places[0]).fingerprint256)
    expect(places.every(({ certified }) => certified?.certificate.endsWith(certificate))).toBe(true)

    clock.pass(3_200 * day)
    await signInAgain()
    expect((await admin.classroom.certificate()).certificate).toBe(certificate)
    clock.pass(100 * day)
    await signInAgain()
    const renewed = await admin.classroom.certificate()
    expect(renewed.certificate).not.toBe(certificate)
    await start()
    expect(places.at(-1)?.certified?.certificate.endsWith(renewed.certificate)).toBe(true)
  })

  it('does not exist where the room is open', async () => {
    const { app, admin, places } = await centreWithRooms()
    await using _ = app
    const { id } = await publishedAssessment(admin)
    await admin.classroom.start({ assessmentIds: [id], address: '127.0.0.1', port: 0 })
    expect(places[0]?.certified).toBeUndefined()
    expect(await admin.classroom.current()).toMatchObject({ security: 'open', fingerprint: null })
  })
})
