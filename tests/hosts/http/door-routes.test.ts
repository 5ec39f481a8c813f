import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inputLimit } from '../../../main/door.ts'
import { RefusalData } from '../../../shared/contract/base.ts'
import { password } from '../../support/centre.ts'
import { newBrowser, readAnswer, type TestHost, testHost } from '../../support/host.ts'

let host: TestHost
beforeAll(async () => {
  host = await testHost()
})
afterAll(() => host[Symbol.asyncDispose]())

function call(path: string, init: RequestInit = {}) {
  return fetch(`${host.url}${path}`, {
    method: 'POST',
    body: '{}',
    ...init,
    headers: { origin: host.url, 'content-type': 'application/json', ...init.headers },
  })
}

async function refusalOf(response: Response) {
  const { json } = await response.json()
  expect(json).toMatchObject({ status: response.status, code: expect.any(String), message: expect.any(String) })
  return { status: response.status, code: json.code, key: RefusalData.parse(json.data).key }
}

describe('which calls the door hears', () => {
  it.each(['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('refuses %s, for every procedure', async (method) => {
    const body = method === 'GET' ? undefined : '{}'
    for (const path of ['/rpc/identity/signOut', '/rpc/setup/status', '/rpc/nothing?data={}']) {
      expect(await refusalOf(await call(path, { method, body }))).toMatchObject({
        status: 405,
        code: 'METHOD_NOT_SUPPORTED',
      })
    }
  })

  it('changes nothing by GET, whatever the address carries', async () => {
    const data = encodeURIComponent(
      JSON.stringify({ json: { organizationName: 'X', adminName: 'X', email: 'x@example.org', password } }),
    )
    expect((await fetch(`${host.url}/rpc/setup/createCentre?data=${data}`)).status).toBe(405)
    expect(await host.client().setup.status()).toMatchObject({ state: 'empty' })
  })

  it.each([
    '/rpc/nothing/there',
    '/rpc/setup',
    '/rpc/setup/',
    '/rpc/setup/status/',
    '/rpc/setup/Status',
    '/rpc//setup/status',
    '/rpc/setup//status',
    '/rpc/setup/%73tatus',
    '/rpc/setup%2fstatus',
    '/rpc/__proto__/toString',
    '/rpc/setup/status/~orpc',
    '/rpc/',
  ])('knows no procedure at %s', async (path) => {
    expect(await refusalOf(await call(path))).toEqual({ status: 404, code: 'NOT_FOUND', key: 'door.unknownProcedure' })
  })

  it.each(['/rpc', '/RPC/setup/status', '/setup/status', '/%2frpc/setup/status'])(
    'has nothing for a call to %s',
    async (path) => {
      expect((await call(path)).status).toBe(404)
    },
  )

  it.each([
    'text/plain',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded',
    'text/event-stream',
    'application/json5',
    'application/json; charset=utf-16',
    'text/plain, application/json',
    'application/json;boundary=x',
    '',
  ])('refuses the content type %j', async (type) => {
    expect(await refusalOf(await call('/rpc/setup/status', { headers: { 'content-type': type } }))).toMatchObject({
      status: 415,
    })
  })

  it('refuses a call without content and without its type', async () => {
    const lines = [
      'POST /rpc/setup/status HTTP/1.1',
      `Host: 127.0.0.1:${host.port}`,
      `Origin: ${host.url}`,
      'Connection: close',
    ]
    const disposition = 'Content-Disposition: form-data; name="x"; filename="y"'
    for (const more of [[], ['Content-Length: 0'], [disposition]]) {
      expect(readAnswer(await host.raw(`${[...lines, ...more].join('\r\n')}\r\n\r\n`)).status).toBe(415)
    }
  })

  it.each(['application/json', 'application/json;charset=UTF-8', 'application/json; charset=utf-8'])(
    'takes %s',
    async (type) => {
      expect((await call('/rpc/setup/status', { headers: { 'content-type': type } })).status).toBe(200)
    },
  )
})

describe('what the door can read', () => {
  it.each([
    '',
    '{',
    'null',
    '5',
    '"text"',
    '[]{}',
    '{"json":{},}',
    '{"json":NaN}',
    '{"__proto__":{"json":1}}',
    '{"json":{"__proto__":{"isAdmin":true}}}',
    '{"json":{"constructor":{"prototype":{}}}}',
    '{"json":{},"meta":[[1,"__proto__","polluted"]]}',
    '{"json":{},"meta":[[0,"missing"]]}',
    '{"json":{},"meta":5}',
    '{"json":{"a":"1"},"meta":[[5,"a"]]}',
    `{"json":{"a":"${'9'.repeat(5_000)}"},"meta":[[0,"a"]]}`,
    '\u0000',
  ])('refuses the body %j', async (body) => {
    expect(await refusalOf(await call('/rpc/identity/signIn', { body }))).toMatchObject({
      status: 400,
      key: 'door.invalidInput',
    })
    expect({}).not.toHaveProperty('polluted')
  })

  it('refuses bytes that are not UTF-8 without falling over', async () => {
    const response = await call('/rpc/identity/signIn', { body: new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]) })
    expect(response.status).toBe(400)
  })

  it('tells what is wrong with readable input from what cannot be read', async () => {
    const response = await call('/rpc/identity/signIn', { body: '{"json":{"email":5}}' })
    expect(await refusalOf(response)).toEqual({ status: 422, code: 'UNPROCESSABLE_CONTENT', key: 'door.invalidInput' })
  })
})

describe('how much the door takes', () => {
  const limit = inputLimit(['identity', 'signIn']) ?? 0
  const ofLength = (length: number) => {
    const frame = JSON.stringify({ json: { email: 'a@example.org', password: '' } })
    return frame.replace('""', `"${'x'.repeat(length - frame.length)}"`)
  }

  it('is what the contract says of each procedure, to the byte', async () => {
    expect(limit).toBe(64 * 1024)
    expect((await call('/rpc/identity/signIn', { body: ofLength(limit) })).status).toBe(422)
    expect(await refusalOf(await call('/rpc/identity/signIn', { body: ofLength(limit + 1) }))).toEqual({
      status: 413,
      code: 'PAYLOAD_TOO_LARGE',
      key: 'door.tooLarge',
    })
    expect((await call('/rpc/imports/readText', { body: ofLength(limit + 1) })).status).toBe(422)
  })

  it('counts bytes, not characters', async () => {
    const half = JSON.stringify({ json: { email: 'é'.repeat(limit / 2) } })
    expect(half.length).toBeLessThan(limit)
    expect((await call('/rpc/identity/signIn', { body: half })).status).toBe(413)
  })

  it('is decided by the announced length, before any of it is sent or read', async () => {
    const lines = [...callHead(), `Content-Length: ${limit + 1}`, 'Connection: close']
    expect(readAnswer(await host.raw(`${lines.join('\r\n')}\r\n\r\n{`)).status).toBe(413)
  })

  it('is decided while it streams when no length is announced, and before the rest is parsed', async () => {
    const chunk = `2000\r\n${'{'.repeat(0x2000)}\r\n`
    const lines = [...callHead(), 'Transfer-Encoding: chunked', 'Connection: close']
    const answer = await host.raw(`${lines.join('\r\n')}\r\n\r\n${chunk.repeat(9)}0\r\n\r\n`)
    expect(readAnswer(answer).status).toBe(413)
  })

  it('does not end the connection, which would take the answer with it', async () => {
    const tooLarge = [...callHead(), `Content-Length: ${limit + 1}`].join('\r\n')
    const next = `GET /icon.svg HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\nConnection: close\r\n\r\n`
    const answers = await host.raw(`${tooLarge}\r\n\r\n${'x'.repeat(limit + 1)}${next}`)
    expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 413', 'HTTP/1.1 200'])
  })

  it('is answered also to a browser that is still sending many megabytes', async () => {
    const browser = newBrowser()
    for (let round = 0; round < 5; round++) {
      const call = host.client(browser).identity.signIn({ email: 'a@example.org', password: 'x'.repeat(20_000_000) })
      await expect(call).rejects.toMatchObject({ status: 413, data: { key: 'door.tooLarge' } })
    }
  })

  it('does not let a body without an end hold the host in memory', async () => {
    const before = process.memoryUsage().rss
    const request = httpRequest(`${host.url}/rpc/identity/signIn`, {
      method: 'POST',
      headers: { origin: host.url, 'content-type': 'application/json' },
    })
    const answered = new Promise<number | undefined>((resolve) =>
      request.on('response', (response) => resolve(response.statusCode)),
    )
    request.on('error', () => {})
    for (let megabyte = 0; megabyte < 50 && !request.destroyed; megabyte++) {
      request.write('x'.repeat(1_000_000))
      await setTimeout(2)
    }
    expect(await answered).toBe(413)
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000)
    request.destroy()
  })

  it('is not what an announced length that lies says', async () => {
    const socket = connect(host.port, '127.0.0.1')
    const lines = [...callHead(), 'Content-Length: 2', 'Content-Length: 200000']
    socket.write(`${lines.join('\r\n')}\r\n\r\n{}`)
    const [answer] = await new Promise<[Buffer]>((resolve) => socket.once('data', (data) => resolve([data])))
    expect(readAnswer(answer.toString()).status).toBe(400)
    socket.destroy()
  })

  function callHead() {
    return [
      'POST /rpc/identity/signIn HTTP/1.1',
      `Host: 127.0.0.1:${host.port}`,
      `Origin: ${host.url}`,
      'Content-Type: application/json',
    ]
  }
})
