import { X509Certificate } from 'node:crypto'
import { connect as connectPlainly } from 'node:net'
import { connect } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../../main/app.ts'
import { keyFile } from '../../../main/database/key.ts'
import { ordinaryLimits } from '../../../main/hosts/http/limits.ts'
import { httpRoomListener } from '../../../main/hosts/http/room-host.ts'
import { visitorOf } from '../../support/app.ts'
import { publishedAssessment, testCentre } from '../../support/centre.ts'
import { type Answer, readAnswer, testFolders } from '../../support/host.ts'

async function encryptedRoom() {
  const folders = testFolders()
  const limits = { ...ordinaryLimits, headersTimeout: 600, checkInterval: 50 }
  const roomListener = httpRoomListener({ screens: folders.rendererDir, limits })
  const app = await createApp({ dataDir: folders.dataDir, keys: keyFile(`${folders.dataDir}/bdc.key`), roomListener })
  const { admin } = await testCentre({ visitor: () => visitorOf(app) })
  const { id } = await publishedAssessment(admin)
  await admin.classroom.start({ assessmentIds: [id], address: '127.0.0.1', port: 0, security: 'encrypted' })
  const { certificate: ca } = await admin.classroom.certificate()
  const now = await admin.classroom.current()
  const addresses = now?.addresses ?? []
  const port = Number(new URL(addresses[0] ?? '').port)
  return { app, admin, folders, ca, addresses, port, code: now?.code ?? '', fingerprint: now?.fingerprint }
}

let room: Awaited<ReturnType<typeof encryptedRoom>>
beforeAll(async () => {
  room = await encryptedRoom()
})
afterAll(async () => {
  await room.app.close()
  room.folders[Symbol.dispose]()
})

/** Sends these lines over TLS, as a device that has installed the authority, and reads the answer. */
function send(lines: string[], body = ''): Promise<Answer> {
  const request = `${[...lines, 'Connection: close'].join('\r\n')}\r\n\r\n${body}`
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port: room.port, ca: room.ca }, () => socket.write(request))
    const chunks: Buffer[] = []
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', (error) => (chunks.length > 0 ? undefined : reject(error)))
    socket.on('close', () => resolve(readAnswer(Buffer.concat(chunks).toString('latin1'))))
  })
}

function call(path: string, json: unknown, headers: string[]) {
  const body = JSON.stringify({ json })
  return send(
    [`POST /rpc/${path} HTTP/1.1`, ...headers, 'Content-Type: application/json', `Content-Length: ${body.length}`],
    body,
  )
}

const ours = () => [`Host: 127.0.0.1:${room.port}`, `Origin: https://127.0.0.1:${room.port}`]

describe('an encrypted room', () => {
  it('shows addresses of https, and the certificate whose fingerprint the QR code has', async () => {
    expect(room.addresses).toEqual([
      `https://127.0.0.1:${room.port}`,
      expect.stringMatching(new RegExp(`^https://bdc-[0-9a-f]{4}\\.local:${room.port}$`)),
    ])
    const shown = await new Promise<X509Certificate>((resolve) => {
      const socket = connect({ host: '127.0.0.1', port: room.port, ca: room.ca }, () => {
        resolve(new X509Certificate(socket.getPeerCertificate().raw))
        socket.destroy()
      })
    })
    const digest = Buffer.from(shown.fingerprint256.replaceAll(':', ''), 'hex').toString('base64url')
    expect(digest).toBe(room.fingerprint)
  })

  it.each(['TLSv1', 'TLSv1.1'] as const)('does not speak %s', async (version) => {
    const options = { minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0', ca: room.ca }
    const failure = await new Promise<string>((resolve) => {
      const socket = connect({ host: '127.0.0.1', port: room.port, ...options }, () => resolve('connected'))
      socket.on('error', ({ message }) => resolve(message))
    })
    expect(failure).toMatch(/protocol version|unsupported protocol|no protocols/i)
  })

  it('gives a cookie that no other host and no plain connection sees, and asks for no HTTPS elsewhere', async () => {
    const answer = await call('classroom/join', { code: room.code, deviceName: 'Kiosk' }, ours())
    expect(answer.status).toBe(200)
    const cookie = answer.headers['set-cookie'] ?? ''
    expect(cookie).toMatch(/^__Host-bdc_session_[\da-f]{12}=[\w-]{43};/)
    for (const attribute of ['Secure', 'HttpOnly', 'SameSite=Strict', 'Path=/']) expect(cookie).toContain(attribute)
    expect(cookie).not.toContain('Domain')
    expect(Object.keys(answer.headers)).not.toContain('strict-transport-security')

    const me = await call('identity/me', {}, [...ours(), `Cookie: ${cookie.split(';')[0]}`])
    expect(JSON.parse(me.body).json).toMatchObject({ kind: 'kiosk', isRoom: true })
    const plainly = `Cookie: ${cookie.split(';')[0]?.replace('__Host-', '')}`
    expect(JSON.parse((await call('identity/me', {}, [...ours(), plainly])).body).json).toEqual({ kind: 'nobody' })
  })

  it.each([
    ['no Host', () => []],
    ['a dot at its end', (port: number) => [`Host: 127.0.0.1.:${port}`]],
    ['an upper-case name', (port: number) => [`Host: LOCALHOST:${port}`]],
    ['a name that was rebound', (port: number) => [`Host: localhost.evil.com:${port}`]],
    ['an address of IPv6', (port: number) => [`Host: [::1]:${port}`]],
    ['two of them', (port: number) => [`Host: 127.0.0.1:${port}`, 'Host: evil.com']],
    ['no port', () => ['Host: 127.0.0.1']],
  ])('does not answer to %s', async (_case, headers) => {
    expect((await send(['GET / HTTP/1.1', ...headers(room.port)])).status).toBe(421)
    expect((await send(['GET https://127.0.0.1/ HTTP/1.1', `Host: 127.0.0.1:${room.port}`])).status).toBe(421)
  })

  it.each([
    ['none', () => []],
    ['the same address without encryption', (port: number) => [`Origin: http://127.0.0.1:${port}`]],
    ['its other name', () => [`Origin: ${room.addresses[1]}`]],
    ['another port', (port: number) => [`Origin: https://127.0.0.1:${port + 1}`]],
    ['null', () => ['Origin: null']],
  ])('takes no call whose Origin is %s', async (_case, headers) => {
    const answer = await call('identity/me', {}, [`Host: 127.0.0.1:${room.port}`, ...headers(room.port)])
    expect(answer.status).toBe(403)
  })

  it('answers under its name in the network', async () => {
    const host = new URL(room.addresses[1] ?? '').host
    expect((await send(['GET / HTTP/1.1', `Host: ${host}`])).status).toBe(200)
  })

  it('cuts off who connects and says nothing, or does not speak TLS', async () => {
    const ended = (text: string) =>
      new Promise<string>((resolve) => {
        const socket = connectPlainly(room.port, '127.0.0.1', () => socket.write(text))
        const chunks: Buffer[] = []
        socket.on('data', (chunk) => chunks.push(chunk))
        socket.on('error', () => undefined)
        socket.on('close', () => resolve(Buffer.concat(chunks).toString('latin1')))
      })
    expect(await ended('')).not.toContain('BDC')
    expect(await ended('GET / HTTP/1.1\r\n\r\n')).not.toContain('<title>')
  })
})
