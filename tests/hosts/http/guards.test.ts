import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { authoritiesOf } from '../../../main/hosts/http/guards.ts'
import { readAnswer, type TestHost, testHost } from '../../support/host.ts'

let host: TestHost
beforeAll(async () => {
  host = await testHost()
})
afterAll(() => host[Symbol.asyncDispose]())

async function send(lines: string[], body = '') {
  return readAnswer(await host.raw(`${[...lines, 'Connection: close'].join('\r\n')}\r\n\r\n${body}`))
}

describe('the Host header', () => {
  const cases: [string, (port: number) => string[]][] = [
    ['is missing', () => []],
    ['is empty', () => ['Host:']],
    ['has a dot at the end of the name', (port) => [`Host: localhost.:${port}`]],
    ['is in upper case', (port) => [`Host: LOCALHOST:${port}`]],
    ['begins like ours', (port) => [`Host: localhost.evil.com:${port}`]],
    ['ends like ours', (port) => [`Host: evil-localhost:${port}`]],
    ['is a name that was rebound to this address', (port) => [`Host: evil.com:${port}`]],
    ['has no port', () => ['Host: 127.0.0.1']],
    ['has another port', (port) => [`Host: 127.0.0.1:${port + 1}`]],
    ['has a port with a zero in front', (port) => [`Host: 127.0.0.1:0${port}`]],
    ['is an IPv6 address that we do not listen at', (port) => [`Host: [::1]:${port}`]],
    ['is this address in other digits', (port) => [`Host: 127.1:${port}`]],
    ['is this address as one number', (port) => [`Host: 2130706433:${port}`]],
    ['is the address of everything', (port) => [`Host: 0.0.0.0:${port}`]],
    ['has a user in front', (port) => [`Host: evil@127.0.0.1:${port}`]],
    ['has a path behind', (port) => [`Host: 127.0.0.1:${port}/x`]],
    ['is there twice, ours first', (port) => [`Host: 127.0.0.1:${port}`, 'Host: evil.com']],
    ['is there twice, ours last', (port) => ['Host: evil.com', `Host: 127.0.0.1:${port}`]],
    ['is there twice, both ours', (port) => [`Host: 127.0.0.1:${port}`, `Host: 127.0.0.1:${port}`]],
    ['is two in one', (port) => [`Host: 127.0.0.1:${port}, evil.com`]],
    ['is only in X-Forwarded-Host', (port) => ['Host: evil.com', `X-Forwarded-Host: 127.0.0.1:${port}`]],
  ]

  it.each(cases)('is refused when it %s', async (_case, headers) => {
    const answer = await send(['GET / HTTP/1.1', ...headers(host.port)])
    expect(answer.status).toBe(421)
    expect(answer.body).not.toContain('<title>')
  })

  it.each(cases)('is refused at the door too when it %s', async (_case, headers) => {
    const [call, body] = statusCall(headers(host.port))
    const answer = await send(call, body)
    expect(answer.status).toBe(421)
    expect(JSON.parse(answer.body).json).toMatchObject({ code: 'MISDIRECTED_REQUEST', data: { key: 'door.forbidden' } })
  })

  it('is refused when it is missing from HTTP/1.0', async () => {
    expect((await send(['GET / HTTP/1.0'])).status).toBe(421)
  })

  it.each([
    ['another machine', () => 'http://evil.com/'],
    ['our own address', (port: number) => `http://127.0.0.1:${port}/`],
  ])('is refused with an absolute address of %s in the request line', async (_case, url) => {
    const answer = await send([`GET ${url(host.port)} HTTP/1.1`, `Host: 127.0.0.1:${host.port}`])
    expect(answer.status).toBe(421)
  })

  it('is refused before a malformed address is', async () => {
    expect((await send(['GET /%ff HTTP/1.1', 'Host: evil.com'])).status).toBe(421)
    expect((await send(['GET /%ff HTTP/1.1', `Host: 127.0.0.1:${host.port}`])).status).toBe(400)
  })

  it.each(['127.0.0.1', 'localhost'])('is taken when it is %s and our port', async (name) => {
    const answer = await send(['GET / HTTP/1.1', `Host: ${name}:${host.port}`])
    expect(answer.status).toBe(200)
    expect(answer.body).toContain('<title>BDC</title>')
  })

  it('is that of IPv6 where we listen at IPv6, and has no port where it is 80', () => {
    expect(authoritiesOf('::1', 4180)).toEqual(['[::1]:4180', 'localhost:4180'])
    expect(authoritiesOf('127.0.0.1', 80)).toEqual(['127.0.0.1', 'localhost'])
  })
})

describe('the Origin header', () => {
  const cases: [string, (port: number) => string[]][] = [
    ['is missing', () => []],
    ['is empty', () => ['Origin:']],
    ['is null', () => ['Origin: null']],
    ['is another site', () => ['Origin: https://evil.com']],
    ['begins like ours', (port) => [`Origin: http://127.0.0.1:${port}.evil.com`]],
    ['has another port', (port) => [`Origin: http://127.0.0.1:${port + 1}`]],
    ['has another scheme', (port) => [`Origin: https://127.0.0.1:${port}`]],
    ['is our other name', (port) => [`Origin: http://localhost:${port}`]],
    ['has a slash at its end', (port) => [`Origin: http://127.0.0.1:${port}/`]],
    ['is there twice', (port) => [`Origin: http://127.0.0.1:${port}`, 'Origin: https://evil.com']],
    ['is only in Referer', (port) => [`Referer: http://127.0.0.1:${port}/`]],
  ]

  it.each(cases)('is refused when it %s', async (_case, headers) => {
    const [call, body] = statusCall([`Host: 127.0.0.1:${host.port}`, ...headers(host.port)], '')
    const answer = await send(call, body)
    expect(answer.status).toBe(403)
    expect(JSON.parse(answer.body).json).toMatchObject({ code: 'FORBIDDEN', data: { key: 'door.forbidden' } })
  })

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'TRACE', 'PROPFIND', 'QUERY'])(
    'must be there with %s, also where there is nothing',
    async (method) => {
      for (const path of ['/', '/nothing', '/rpc/setup/status']) {
        expect((await send([`${method} ${path} HTTP/1.1`, `Host: 127.0.0.1:${host.port}`])).status).toBe(403)
      }
    },
  )

  it('never comes back as permission for another origin', async () => {
    const preflight = [
      'OPTIONS /rpc/setup/status HTTP/1.1',
      `Host: 127.0.0.1:${host.port}`,
      'Access-Control-Request-Method: POST',
    ]
    for (const origin of ['https://evil.com', `http://127.0.0.1:${host.port}`]) {
      const answer = await send([...preflight, `Origin: ${origin}`])
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([])
    }
  })

  it('is taken when it is our own', async () => {
    const [call, body] = statusCall([`Host: 127.0.0.1:${host.port}`])
    expect(await send(call, body)).toMatchObject({ status: 200 })
  })

  it('is not asked of a link to the page', async () => {
    expect((await send(['GET / HTTP/1.1', `Host: 127.0.0.1:${host.port}`])).status).toBe(200)
  })
})

/** A call that changes nothing and that anybody may make. */
function statusCall(headers: string[], origin = `Origin: http://127.0.0.1:${host.port}`): [string[], string] {
  const lines = ['POST /rpc/setup/status HTTP/1.1', ...headers, 'Content-Type: application/json', 'Content-Length: 2']
  return [origin ? [...lines, origin] : lines, '{}']
}
