import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, request as httpRequest, type IncomingHttpHeaders, type RequestOptions } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { screensIn } from '../../../main/hosts/screens.ts'
import { page, readAnswer, script, type TestHost, testHost } from '../../support/host.ts'
import { inputs } from '../../support/inputs.ts'

let host: TestHost
beforeAll(async () => {
  host = await testHost()
})
afterAll(() => host[Symbol.asyncDispose]())

async function get(target: string) {
  return readAnswer(
    await host.raw(`GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\nConnection: close\r\n\r\n`),
  )
}

describe('item 4: containment', () => {
  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/%2E%2E%2Fsecret.txt',
    '/.%2e/secret.txt',
    '/%252e%252e/secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/..%5csecret.txt',
    '/..\\secret.txt',
    '/\\\\server\\share',
    '//server/share',
    '/../renderer-secret/secret.txt',
    '/..;/secret.txt',
    '/%c0%ae%c0%ae/secret.txt',
    '/index.html%00.txt',
    '/index.html%00',
    '/assets/../index.html',
    '/assets/%2e%2e/index.html',
    '/./index.html',
    '//index.html',
    '/assets//main-abc.js',
    '/assets/main-abc.js/',
    '/assets%2fmain-abc.js/x',
    '/ASSETS/main-abc.js',
    '/link.txt',
    '/linked/secret.txt',
    '/linked/renderer/index.html',
    '/assets',
    '/assets/',
    '/C:/Windows/win.ini',
    '/etc/passwd',
    '/%',
    '/%ff',
    '/%zz',
    '/.env',
    '/.git/config',
    '/favicon.ico',
    '/package.json',
    `/${'a'.repeat(5_000)}`,
  ])('serves nothing at %j', async (target) => {
    const answer = await get(target)
    expect([400, 404]).toContain(answer.status)
    expect(answer.body).not.toMatch(/SECRET|<title>|console/)
    expect(answer.body).not.toContain(target.slice(1))
  })

  it('serves nothing at an address with a NUL byte', async () => {
    expect((await get('/index.html\0.txt')).status).toBe(400)
  })

  it(
    'serves nothing but its own files, whatever odd addresses and hosts ask for',
    async () => {
      const seen = { served: 0, misdirected: 0 }
      const ours = `127.0.0.1:${host.port}`

      await fc.assert(
        fc.asyncProperty(oddMethod, oddPath, oddHost, async (method, path, odd) => {
          const authority = odd === 'ours' ? ours : odd
          const { status, headers, body } = await ask({ method, path, headers: { host: authority } })
          expect(body).not.toContain('SECRET')
          expect(headers['content-security-policy']).toContain("default-src 'none'")
          expect(status).toBeLessThan(500)
          if (authority !== ours && authority !== `localhost:${host.port}`) {
            seen.misdirected += 1
            expect(status).toBe(421)
          }
          if (status !== 200) return
          seen.served += 1
          expect(method).toBe('GET')
          expect(body === script || body.startsWith('<svg') || body.includes('<title>BDC</title>')).toBe(true)
          expect(decodeURIComponent(path.replace(/[?#].*/s, ''))).not.toContain('..')
        }),
        { numRuns: inputs(2_000) },
      )
      // Else the generators never come near a file or a foreign host, and the property is empty.
      expect(seen.served).toBeGreaterThan(inputs(20))
      expect(seen.misdirected).toBeGreaterThan(inputs(200))
    },
    inputs(60_000),
  )
})

/** One request by the client of Node, which sends an address as it is: `fetch` would tidy it first. */
function ask(options: RequestOptions): Promise<{ status: number; headers: IncomingHttpHeaders; body: string }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ port: host.port, agent: connection, setHost: false, ...options })
    request.on('error', reject)
    request.on('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      )
    })
    request.end()
  })
}
const connection = new Agent({ keepAlive: true, maxSockets: 1 })

const oddMethod = fc.oneof(
  { weight: 9, arbitrary: fc.constant('GET') },
  { weight: 1, arbitrary: fc.constantFrom('POST', 'HEAD', 'OPTIONS', 'DELETE') },
)
const oddPiece = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('index.html', 'assets', 'main-abc.js', 'icon.svg', 'link.txt', 'linked', 'secret.txt'),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom('..', '.', '%2e%2e', '%2e.', '%252e%252e', '%c0%ae%c0%ae', '..;', '...', '‥', 'rpc'),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('%00', '%5c', '\\', '%2f', 'C:', '~', 'con', '%', '%ff', '', '*', ':x', '__proto__'),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 8 }) },
)
const oddPath = fc
  .tuple(
    fc.array(fc.tuple(fc.constantFrom('/', '/', '/', '/', '//', '\\', '%2f', '%5c'), oddPiece), { maxLength: 4 }),
    fc.constantFrom('', '', '', '?a=b', '#c', '?../..', '%23', '%3f', ';x', '/'),
  )
  .map(([pieces, end]) =>
    `/${pieces.flat().join('').replace(/^\//, '')}${end}`.replaceAll(/[^!-~]/gu, encodeURIComponent),
  )
const oddHost = fc.oneof(
  { weight: 6, arbitrary: fc.constant('ours') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('localhost.evil.com:4180', '127.0.0.1', '127.0.0.1:1', '[::1]:4180', '127.0.0.1:4180.'),
  },
  { weight: 1, arbitrary: fc.domain().map((name) => `${name}:4180`) },
  { weight: 1, arbitrary: fc.stringMatching(/^[!-~]{0,20}$/) },
)

describe('serving', () => {
  it('gives the page, its scripts and its pictures, each with its type', async () => {
    expect((await get('/')).headers['content-type']).toBe('text/html; charset=utf-8')
    const answers = await Promise.all(['/assets/main-abc.js', '/assets/a%20b.js?v=1', '/icon.svg'].map(get))
    expect(answers.map(({ headers }) => headers['content-type'])).toEqual([
      'application/javascript; charset=utf-8',
      'application/javascript; charset=utf-8',
      'image/svg+xml',
    ])
    expect(answers[0]?.body).toContain(script)
  })

  it('changes nothing of the page but to put the nonce in', async () => {
    const response = await fetch(host.url)
    expect((await response.text()).replace(/\s*<meta property="csp-nonce" nonce="[^"]+" \/>/, '')).toBe(page)
  })

  it('says what to do when the screens have not been built', () => {
    const empty = mkdtempSync(join(tmpdir(), 'bdc-empty-'))
    expect(() => screensIn(empty)).toThrow(/run "npm run build"/)
    expect(() => screensIn(join(empty, 'missing'))).toThrow(/run "npm run build"/)
    rmSync(empty, { recursive: true })
  })
})
