import { connect, type Socket } from 'node:net'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/fetch'
import { traverseContractProcedures } from '@orpc/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../../../main/app.ts'
import { keyFile } from '../../../main/database/key.ts'
import { ownNetworks } from '../../../main/domains/classroom/networks.ts'
import { inputLimit } from '../../../main/door.ts'
import { ordinaryClientLimits } from '../../../main/hosts/http/client-limits.ts'
import { httpRoomListener, isOfferedInRoom } from '../../../main/hosts/http/room-host.ts'
import { contract } from '../../../shared/contract/index.ts'
import { isProcedureName, mayUse } from '../../../shared/permissions.ts'
import { visitorOf } from '../../support/app.ts'
import { publishedAssessment, testCentre } from '../../support/centre.ts'
import { exchange, type HttpClient, newBrowser, readAnswer, secret, testFolders } from '../../support/host.ts'

async function testRoom(clientLimits = ordinaryClientLimits) {
  const folders = testFolders()
  const roomListener = httpRoomListener({ screens: folders.rendererDir, clientLimits })
  const keys = keyFile(`${folders.dataDir}/bdc.key`)
  const app = await createApp({ dataDir: folders.dataDir, keys, roomListener })
  const { admin } = await testCentre({ visitor: () => visitorOf(app) })
  const { id } = await publishedAssessment(admin)
  await admin.classroom.start({ assessmentIds: [id], address: '127.0.0.1', port: 0 })
  const now = await admin.classroom.current()
  const [url = ''] = now?.addresses ?? []
  return { app, admin, folders, url, port: Number(new URL(url).port), addresses: now?.addresses ?? [] }
}

let room: Awaited<ReturnType<typeof testRoom>>
beforeAll(async () => {
  room = await testRoom()
})
afterAll(async () => {
  await room.app.close()
  room.folders[Symbol.dispose]()
})

function call(path: string, init: RequestInit = {}) {
  const headers = { origin: room.url, 'content-type': 'application/json', ...init.headers }
  return fetch(`${room.url}/rpc/${path}`, { method: 'POST', body: '{}', ...init, headers })
}

/** Answered as by a browser of its own, so that no test uses up what another one may ask for. */
function asBrowser() {
  return { cookie: `bdc_session_0123456789ab=${crypto.randomUUID().replaceAll('-', '')}abcdefghijk` }
}

const allPaths: string[] = []
traverseContractProcedures({ router: contract, path: [] }, ({ path }) => {
  allPaths.push(path.join('/'))
})

describe('what exists in the room', () => {
  const firstCalls = ['setup/status', 'identity/me', 'classroom/join']
  function isForLearners(path: string) {
    const name = path.replace('/', '.')
    return isProcedureName(name) && mayUse('kiosk', name) && !mayUse('admin', name) && !/leave/i.test(name)
  }

  it('has nothing of the staff, of signing in, and of leaving a kiosk', async () => {
    const closed = allPaths.filter((path) => !isForLearners(path) && !firstCalls.includes(path))
    expect(closed).toEqual(
      expect.arrayContaining(['identity/signIn', 'setup/createCentre', 'results/list', 'classroom/seats']),
    )
    let headers = asBrowser()
    for (const [place, path] of closed.entries()) {
      if (place % 10 === 0) headers = asBrowser()
      expect({ path, status: (await call(path, { headers })).status }).toEqual({ path, status: 404 })
    }
  })

  it.each(['delivery/menu', 'delivery/saveAnswer', 'delivery/roster'])('asks who is there before %s', async (path) => {
    const input = JSON.stringify({ json: { attemptId: 1, questionId: 1, answer: 'a', edit: 1, search: '' } })
    expect((await call(path, { body: input, headers: asBrowser() })).status).toBe(401)
  })

  it('serves its own screens and nothing beside them', async () => {
    expect((await fetch(room.url)).status).toBe(200)
    expect((await fetch(`${room.url}/assets/main-abc.js`)).status).toBe(200)
    for (const path of ['/link.txt', '/linked/secret.txt', '/..%2fsecret.txt', '/%2e%2e/secret.txt']) {
      const response = await fetch(`${room.url}${path}`)
      expect({ path, status: response.status }).toEqual({ path, status: 404 })
      expect(await response.text()).not.toContain(secret)
    }
  })

  it('lets a device in by code and knows it by its cookie', async () => {
    const browser = newBrowser()
    const link = new RPCLink({ url: `${room.url}/rpc`, fetch: (request) => browser.fetch(request) })
    const device: HttpClient = createORPCClient(link)
    expect(await device.identity.me()).toEqual({ kind: 'nobody' })
    const { code = '' } = (await room.admin.classroom.current()) ?? {}
    await device.classroom.join({ code, deviceName: 'Phone' })
    expect(await device.identity.me()).toMatchObject({ kind: 'kiosk', isRoom: true, learner: null })
    expect(browser.setCookies.at(-1)).toMatch(/HttpOnly.*SameSite=Strict/)
  })
})

describe('who is answered', () => {
  it.each(['evil.example', 'localhost', '127.0.0.1.', '127.0.0.1.evil.example', '[::1]', ''])(
    'does not answer under the name %j',
    async (name) => {
      const host = name === '' ? '' : `Host: ${name}:${room.port}\r\n`
      const answer = readAnswer(await exchange(room.port, `GET / HTTP/1.1\r\n${host}Connection: close\r\n\r\n`))
      expect(answer.status).toBe(421)
    },
  )

  it('answers under its address and under its name in the network', async () => {
    expect(room.addresses).toEqual([
      `http://127.0.0.1:${room.port}`,
      expect.stringMatching(new RegExp(`^http://bdc-[0-9a-f]{4}\\.local:${room.port}$`)),
    ])
    for (const address of room.addresses) {
      const { host } = new URL(address)
      const request = `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`
      expect(readAnswer(await exchange(room.port, request)).status).toBe(200)
    }
  })

  it.each([{ origin: 'http://evil.example' }, { origin: 'null' }, { origin: 'http://localhost' }])(
    'refuses calls from %j',
    async (headers) => {
      expect((await call('identity/me', { headers: { ...asBrowser(), ...headers } })).status).toBe(403)
    },
  )

  it('refuses other types than JSON, and more than a procedure takes', async () => {
    const plain = { ...asBrowser(), 'content-type': 'text/plain' }
    expect((await call('identity/me', { headers: plain })).status).toBe(415)
    const body = JSON.stringify({ json: { code: '1'.repeat(70_000), deviceName: 'x' } })
    expect((await call('classroom/join', { body, headers: asBrowser() })).status).toBe(413)
  })

  it('sends every security header, and none that only HTTPS may send', async () => {
    const { headers } = await fetch(room.url)
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.has('strict-transport-security')).toBe(false)
  })
})

describe('who asks for too much', () => {
  it('is asked to wait, alone', async () => {
    await using own = await ownRoom()
    const [greedy, modest] = [asBrowser(), asBrowser()]
    const statuses = await Promise.all(Array.from({ length: 30 }, () => own.me(greedy)))
    const refused = statuses.filter(({ status }) => status === 429)
    expect(refused.length).toBeGreaterThanOrEqual(8)
    expect(refused[0]?.headers.get('retry-after')).toBe('1')
    expect((await own.me(modest)).status).toBe(200)
  })

  it('is not a whole class that comes in at once behind one address', async () => {
    await using own = await ownRoom()
    const statuses = await Promise.all(Array.from({ length: 120 }, () => own.me({})))
    expect(statuses.filter(({ status }) => status !== 200)).toEqual([])
  })

  it('is asked to come back where the room is full, in words on a page; who is in stays in', async () => {
    await using own = await ownRoom()
    const devices = Array.from({ length: 5 }, asBrowser)
    for (const device of devices) expect((await own.me(device)).status).toBe(200)
    const late = await fetch(own.url, { headers: asBrowser() })
    expect(late.status).toBe(503)
    expect(late.headers.get('retry-after')).toBe('30')
    expect(await late.text()).toContain('The room is full')
    expect((await own.me(devices[0] ?? {})).status).toBe(200)
  })
})

describe('connections', () => {
  it('are ended without a word when one address holds too many, and welcome again when some are gone', async () => {
    const own = await testRoom({ ...ordinaryClientLimits, connectionsPerAddress: 3 })
    const open = () =>
      new Promise<{ socket: Socket; isEnded: () => boolean }>((resolve) => {
        let ended = false
        const socket = connect(own.port, '127.0.0.1', () => resolve({ socket, isEnded: () => ended }))
        socket.on('close', () => {
          ended = true
        })
        socket.on('error', () => undefined)
      })
    const first = [await open(), await open(), await open()]
    const fourth = await open()
    await expect.poll(fourth.isEnded).toBe(true)
    expect(first.map(({ isEnded }) => isEnded())).toEqual([false, false, false])
    for (const { socket } of first) socket.destroy()
    await expect.poll(async () => (await fetch(own.url)).status).toBe(200)
    await own.app.close()
    own.folders[Symbol.dispose]()
  })

  it('are taken at the chosen address alone', async (context) => {
    const [other] = ownNetworks()
    if (!other) {
      const reason = 'this machine is on no network'
      context.task.meta.skipReason = reason
      return context.skip(true, reason)
    }
    const failure = await new Promise((resolve) => {
      const socket = connect(room.port, other.address, () => resolve('connected'))
      socket.on('error', ({ message }) => resolve(message))
    })
    expect(failure).toContain('ECONNREFUSED')
  })
})

it('takes more than 64 KB of nothing but a long answer', () => {
  const large = allPaths.filter((path) => (inputLimit(path.split('/')) ?? 0) > 64 * 1024)
  expect(large.filter((path) => isOfferedInRoom(path.split('/')))).toEqual(['delivery/saveAnswer'])
})

async function ownRoom() {
  const own = await testRoom({ ...ordinaryClientLimits, clients: 5, client: { perSecond: 1, burst: 20 } })
  return {
    url: own.url,
    me: (headers: Record<string, string>) =>
      fetch(`${own.url}/rpc/identity/me`, {
        method: 'POST',
        body: '{}',
        headers: { origin: own.url, 'content-type': 'application/json', ...headers },
      }),
    async [Symbol.asyncDispose]() {
      await own.app.close()
      own.folders[Symbol.dispose]()
    },
  }
}
