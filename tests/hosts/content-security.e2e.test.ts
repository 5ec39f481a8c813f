import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import react from '@vitejs/plugin-react'
import { type Browser, chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newNonce, pageWithNonce, securityHeaders } from '../../main/hosts/headers.ts'
import { findBrowser } from '../../scripts/browser.mjs'

const browserPath = findBrowser()
const skipReason = browserPath ? undefined : 'no browser of the Chromium family is installed here'

const folder = mkdtempSync(join(tmpdir(), 'bdc-csp-'))
let server: Server
let browser: Browser
let attacked: Page

/** The page behind the headers of our hosts; what follows a `?` is put into it, as a careless host would. */
function serve(): Server {
  return createServer((request, response) => {
    const { pathname: path, search } = new URL(request.url ?? '', 'http://host')
    const nonce = path === '/' ? newNonce() : undefined
    const file = join(folder, nonce ? 'index.html' : path)
    if (!existsSync(file)) return response.writeHead(404, securityHeaders()).end()
    const type = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html' }[extname(file)]
    const text = readFileSync(file, 'utf8').replace(
      '</body>',
      search ? `${decodeURIComponent(search.slice(1))}</body>` : '</body>',
    )
    return response
      .writeHead(200, { ...securityHeaders(nonce), 'content-type': type })
      .end(nonce ? pageWithNonce(text, nonce) : text)
  }).listen(0, '127.0.0.1')
}

/** What the policy has stopped on a page so far. */
const stopped = (page: Page) => page.evaluate(() => (window as unknown as { stopped: string[] }).stopped)

async function open(path = '/'): Promise<Page> {
  const page = await browser.newPage()
  await page.addInitScript(() => {
    const list: string[] = []
    Object.assign(window, { stopped: list })
    document.addEventListener('securitypolicyviolation', ({ violatedDirective }) => list.push(violatedDirective))
  })
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`)
  await page.getByRole('button', { name: 'modal' }).waitFor()
  return page
}

describe('item 5: the policy in a real browser', { skip: skipReason !== undefined, meta: { skipReason } }, () => {
  beforeAll(async () => {
    await build({
      configFile: false,
      root: join(import.meta.dirname, 'content-security'),
      plugins: [react()],
      logLevel: 'warn',
      build: { outDir: folder, emptyOutDir: true, assetsInlineLimit: 0, minify: false },
    })
    server = serve()
    browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] })
    attacked = await open()
  })
  afterAll(async () => {
    await browser?.close()
    server?.close()
    rmSync(folder, { recursive: true })
  })

  it.each<[string, string, string]>([
    [
      'a script from elsewhere',
      "document.head.append(Object.assign(document.createElement('script'), { src: 'data:,window.ran=1' }))",
      'trusted-types',
    ],
    [
      'a handler in an attribute',
      "document.body.setAttribute('onclick', 'window.ran = 1')",
      'script-src-attr|trusted-types',
    ],
    ['eval', "eval('window.ran = 1')", 'script-src|trusted-types'],
    ['a function made of text', "new Function('window.ran = 1')()", 'script-src|trusted-types'],
    ['another policy for markup', "trustedTypes.createPolicy('mine', {})", 'trusted-types'],
    [
      'a style element without the nonce',
      "document.head.append(Object.assign(document.createElement('style'), { textContent: 'body{}' }))",
      'style-src-elem',
    ],
    ['a picture from elsewhere', "new Image().src = 'http://localhost:1/x.png'", 'img-src'],
    ['a request elsewhere', "fetch('http://localhost:1/').catch(() => {})", 'connect-src'],
    ['a frame', "document.body.append(Object.assign(document.createElement('iframe'), { src: '/' }))", 'frame-src'],
    [
      'a form',
      "const f = document.createElement('form'); f.action = 'http://localhost:1/'; document.body.append(f); f.submit()",
      'form-action',
    ],
    ['a worker from text', "new Worker(URL.createObjectURL(new Blob(['1'])))", 'worker-src|trusted-types'],
  ])('stops %s', async (_case, code, directive) => {
    await attacked.evaluate('stopped.length = 0')
    // Run by the page a moment later: what the debugger runs itself may use `eval`.
    await attacked.evaluate(`setTimeout(() => { try { ${code} } catch {} })`)
    await expect.poll(() => stopped(attacked)).toContainEqual(expect.stringMatching(directive))
    expect(await attacked.evaluate("'ran' in window")).toBe(false)
  })

  it('stops markup that is set as text', async () => {
    const attempt = (code: string) =>
      `new Promise((done) => setTimeout(() => { try { done(${code}) } catch { done('refused') } }))`
    expect(await attacked.evaluate(attempt("document.body.innerHTML = '<b>x</b>'"))).toBe('refused')
    expect(await attacked.evaluate(attempt("document.createElement('style').innerHTML = 'body {}'"))).toBe('body {}')
  })

  it('stops a script that got into the page', async () => {
    const page = await open('/?<script>window.ran=1</script>')
    expect(await stopped(page)).toEqual(['script-src-elem'])
    expect(await page.evaluate("'ran' in window")).toBe(false)
    await page.close()
  })

  it('stops nothing of what the component library does', async () => {
    const page = await open()
    for (const name of ['modal', 'drawer', 'confirm', 'menu', 'dark', 'notification']) {
      await page.getByRole('button', { name }).first().click()
      if (name === 'modal') {
        await page.getByRole('dialog').waitFor()
        expect(await page.evaluate(() => getComputedStyle(document.body).overflow)).toBe('hidden')
      }
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
    expect(await page.evaluate(() => document.documentElement.dataset.mantineColorScheme)).toBe('dark')
    expect(await stopped(page)).toEqual([])
    await page.close()
  })
})
