import { traverseContractProcedures } from '@orpc/server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { securityHeaders } from '../../../main/hosts/headers.ts'
import { contract } from '../../../shared/contract/index.ts'
import { type Answer, readAnswer, type TestHost, testHost } from '../../support/host.ts'

let host: TestHost
beforeAll(async () => {
  host = await testHost()
})
afterAll(() => host[Symbol.asyncDispose]())

const procedures: string[] = []
traverseContractProcedures({ router: contract, path: [] }, ({ path }) => procedures.push(`/rpc/${path.join('/')}`))

/** One request for each kind of answer that the host can give. */
const requests: [number, string, (at: string) => string][] = [
  [200, 'the page', (at) => `GET / HTTP/1.1\r\n${at}`],
  [200, 'the page by its name', (at) => `GET /index.html HTTP/1.1\r\n${at}`],
  [200, 'a script', (at) => `GET /assets/main-abc.js HTTP/1.1\r\n${at}`],
  [200, 'a picture', (at) => `GET /icon.svg HTTP/1.1\r\n${at}`],
  [206, 'a part of a file', (at) => `GET /assets/main-abc.js HTTP/1.1\r\n${at}Range: bytes=0-3\r\n`],
  [416, 'a part that a file does not have', (at) => `GET /assets/main-abc.js HTTP/1.1\r\n${at}Range: bytes=900-\r\n`],
  [
    304,
    'a file that the browser has',
    (at) => `GET /icon.svg HTTP/1.1\r\n${at}If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT\r\n`,
  ],
  [404, 'nothing', (at) => `GET /nothing HTTP/1.1\r\n${at}`],
  [400, 'an address that cannot be decoded', (at) => `GET /%ff HTTP/1.1\r\n${at}`],
  [421, 'another host', () => 'GET / HTTP/1.1\r\nHost: evil.com\r\n'],
  [421, 'no host', () => 'GET / HTTP/1.1\r\n'],
  [403, 'another origin', (at) => `POST /rpc/setup/status HTTP/1.1\r\n${at}Origin: https://evil.com\r\n`],
  [405, 'a call by GET', (at) => `GET /rpc/setup/status HTTP/1.1\r\n${at}`],
  [400, 'no HTTP at all', () => 'hello\r\n'],
  [400, 'a header that is none', (at) => `GET / HTTP/1.1\r\n${at}x\r\n`],
  [431, 'too many headers', (at) => `GET / HTTP/1.1\r\n${at}X: ${'x'.repeat(20_000)}\r\n`],
  [417, 'an expectation', (at) => `POST / HTTP/1.1\r\n${at}Expect: 100-continue\r\nContent-Length: 5\r\n`],
  [417, 'an expectation nobody knows', (at) => `GET / HTTP/1.1\r\n${at}Expect: everything\r\n`],
]

async function answerTo(request: (at: string) => string): Promise<Answer> {
  return readAnswer(await host.raw(`${request(`Host: 127.0.0.1:${host.port}\r\n`)}Connection: close\r\n\r\n`))
}

describe('item 6: every answer', () => {
  const { 'content-security-policy': policy, ...others } = securityHeaders()

  it.each(requests)('%i for %s has all security headers', async (status, _what, request) => {
    const { headers, ...answer } = await answerTo(request)
    expect(answer.status).toBe(status)
    expect(headers).toMatchObject(others)
    expect(headers['content-security-policy']?.replace(/ 'nonce-[^']+'/, '')).toBe(policy)
  })

  it.each(requests)('%i for %s says nothing about the server or to other origins', async (_status, _what, request) => {
    const { headers } = await answerTo(request)
    const telling = /^(server|x-powered-by|via|access-control-.*|set-cookie)$/
    expect(Object.keys(headers).filter((name) => telling.test(name))).toEqual([])
  })

  it('of the door has them too, for every procedure', async () => {
    expect(procedures.length).toBeGreaterThan(30)
    for (const path of procedures) {
      const headers = { origin: host.url, 'content-type': 'application/json' }
      const response = await fetch(host.url + path, { method: 'POST', body: '{}', headers })
      expect(Object.fromEntries(response.headers)).toMatchObject({ ...securityHeaders(), 'cache-control': 'no-store' })
    }
  })
})

describe('what may be kept', () => {
  it.each([
    ['/assets/main-abc.js', 'public, max-age=31536000, immutable'],
    ['/assets/a%20b.js', 'public, max-age=31536000, immutable'],
    ['/icon.svg', 'no-cache'],
    ['/', 'no-store'],
    ['/index.html', 'no-store'],
    ['/nothing', 'no-store'],
    ['/assets/nothing.js', 'no-store'],
  ])('%s: %s', async (path, expected) => {
    expect((await answerTo((at) => `GET ${path} HTTP/1.1\r\n${at}`)).headers['cache-control']).toBe(expected)
  })
})

it('gives each page a nonce of its own, in the header and in the page', async () => {
  const nonces = await Promise.all(
    ['/', '/', '/index.html'].map(async (path) => {
      const { headers, body } = await answerTo((at) => `GET ${path} HTTP/1.1\r\n${at}`)
      const [, nonce] = /<meta property="csp-nonce" nonce="([^"]+)"/.exec(body) ?? []
      expect(headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonce}'`)
      return nonce
    }),
  )
  expect(new Set(nonces).size).toBe(3)
})
