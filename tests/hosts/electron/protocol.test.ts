import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { registerScheme, rendererServer } from '../../../main/hosts/electron/protocol.ts'
import { inputs } from '../../support/inputs.ts'
import { electronDouble } from './double.ts'

const secret = 'SECRET: outside of the screens'
const page = '<!doctype html><html><head><title>BDC</title></head></html>'
const script = 'console.log(1)'

let folder: string
let serve: (address: string, method?: string) => Promise<Response>

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bdc-protocol-'))
  const renderer = join(folder, 'renderer')
  mkdirSync(join(renderer, 'assets'), { recursive: true })
  mkdirSync(join(folder, 'renderer-secret'))
  writeFileSync(join(folder, 'secret.txt'), secret)
  writeFileSync(join(folder, 'renderer-secret', 'secret.txt'), secret)
  writeFileSync(join(renderer, 'index.html'), page)
  writeFileSync(join(renderer, 'assets', 'main.js'), script)
  writeFileSync(join(renderer, 'assets', 'a b.js'), script)
  symlinkSync(join(folder, 'secret.txt'), join(renderer, 'link.txt'))
  symlinkSync(folder, join(renderer, 'linked'))
  const handler = rendererServer(renderer)
  // Taken apart from `new Request`, which would tidy the address before the handler sees it.
  serve = (url, method = 'GET') => handler({ url, method } as Request)
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('item 3: the app:// scheme', () => {
  it('is standard and secure, and can neither bypass the CSP nor be read by other origins', () => {
    const { electron, schemes } = electronDouble()
    registerScheme(electron)
    expect(schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
    ])
  })
})

describe('item 4: path containment', () => {
  it.each([
    'app://main/../secret.txt',
    'app://main/assets/../../secret.txt',
    'app://main/%2e%2e/secret.txt',
    'app://main/%2E%2E%2Fsecret.txt',
    'app://main/assets/..%2f..%2fsecret.txt',
    'app://main/..%5csecret.txt',
    'app://main/..\\secret.txt',
    'app://main/\\\\server\\share',
    'app://main//server/share',
    'app://main/../renderer-secret/secret.txt',
    'app://main/index.html%00.txt',
    'app://main/index.html\0.txt',
    'app://main/%',
    'app://main/%ff',
    'app://main/link.txt',
    'app://main/linked/secret.txt',
    'app://main/assets',
    'app://main/C:/Windows/win.ini',
    'app://main',
    'app://evil/index.html',
    'app://main.evil/index.html',
    'app://main@evil/index.html',
    'app://main:80/index.html',
    'app://user@main/index.html',
    'file:///etc/passwd',
    'https://main/index.html',
    'index.html',
    '',
  ])('refuses %j', async (address) => {
    const response = await serve(address)
    expect(response.status).toBeGreaterThanOrEqual(400)
    expect(response.status).toBeLessThan(500)
    expect(await response.text()).toBe('')
  })

  it.each(['POST', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'get'])('refuses the method %s', async (method) => {
    expect((await serve('app://main/index.html', method)).status).toBe(405)
  })

  it('serves nothing but its own files, whatever odd addresses ask for', { timeout: inputs(60_000) }, async () => {
    let served = 0
    await fc.assert(
      fc.asyncProperty(oddAddress, async (address) => {
        const response = await serve(address)
        const body = await response.text()
        expect(body).not.toContain('SECRET')
        if (response.status !== 200) {
          expect(body).toBe('')
          return
        }
        served += 1
        expect(body === script || body.includes('<title>BDC</title>')).toBe(true)
        expect(decodeURIComponent(address.replace(/[?#].*/s, ''))).not.toContain('..')
        expect(address.startsWith('app://main/')).toBe(true)
      }),
      { numRuns: inputs(5_000) },
    )
    // Else the generator never comes near a file and the property is empty.
    expect(served).toBeGreaterThan(inputs(5))
  })
})

const oddPiece = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'index.html',
      'assets',
      'main.js',
      'link.txt',
      'linked',
      'secret.txt',
      'renderer-secret',
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom('..', '.', '%2e%2e', '%2e.', '%252e%252e', '%c0%ae%c0%ae', '..;', '...', '‥'),
  },
  { weight: 1, arbitrary: fc.constantFrom('%00', '\0', '%5c', '\\', '%2f', 'C:', '~', 'con', '\u202e', '') },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
)
const oddAddress = fc
  .tuple(
    fc.oneof(
      { weight: 9, arbitrary: fc.constant('app://main') },
      {
        weight: 1,
        arbitrary: fc.constantFrom('app://main.evil', 'app://evil', 'APP://MAIN', 'app:', 'file://', 'app://main@', ''),
      },
    ),
    fc.array(fc.tuple(fc.constantFrom('/', '/', '/', '/', '//', '\\', '%2f', '%5c'), oddPiece), {
      minLength: 1,
      maxLength: 5,
    }),
    fc.constantFrom('', '', '?a=b', '#c', '?../..', '%23', '%3f'),
  )
  .map(([origin, pieces, end]) => origin + pieces.flat().join('') + end)

describe('items 5 and 6: headers', () => {
  it('gives every answer the policy, also a refusal', async () => {
    for (const address of ['app://main/', 'app://main/assets/main.js', 'app://main/nothing', 'app://evil/']) {
      const { headers } = await serve(address)
      expect(headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self';")
      expect(headers.get('x-content-type-options')).toBe('nosniff')
    }
  })

  it('gives each page its own nonce, in the header and in the page', async () => {
    const nonces = await Promise.all(
      ['app://main/', 'app://main/index.html?x#y'].map(async (address) => {
        const response = await serve(address)
        const [, nonce] = /nonce="([^"]+)"/.exec(await response.text()) ?? []
        expect(response.headers.get('content-security-policy')).toContain(`style-src 'self' 'nonce-${nonce}'`)
        return nonce
      }),
    )
    expect(new Set(nonces).size).toBe(2)
  })
})

it('serves a file with its type, also one with a space in its name', async () => {
  const response = await serve('app://main/assets/a%20b.js?v=1')
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  expect(await response.text()).toBe(script)
})

it('says what to do when the screens have not been built', () => {
  const empty = mkdtempSync(join(tmpdir(), 'bdc-empty-'))
  expect(() => rendererServer(empty)).toThrow(/run "npm run build"/)
  rmSync(empty, { recursive: true })
})
