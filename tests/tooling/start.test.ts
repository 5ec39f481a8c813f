import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openAppWindow } from '../../scripts/app-window.mjs'
import { findBrowser } from '../../scripts/browser.mjs'
import { buildRenderer } from '../../scripts/build.mjs'
import { startHost } from '../../scripts/host.mjs'

const root = join(import.meta.dirname, '../..')
const browser = findBrowser()
const withoutBrowser = browser ? undefined : 'no browser of the Chromium family is installed here'

beforeAll(() => buildRenderer())

let dataDir: string
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'bdc-start-'))
})
afterEach(() => rmSync(dataDir, { recursive: true, maxRetries: 10 }))

const started: ChildProcess[] = []
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
})

/** The installed browser, told to show nothing: a machine that runs tests has no screen. */
function unseenBrowser() {
  const script = join(dataDir, 'unseen-browser')
  writeFileSync(script, `#!/bin/sh\nexec "${browser}" --headless=new "$@"\n`)
  chmodSync(script, 0o755)
  return script
}

async function page(html: string) {
  const server = createServer((_request, response) => response.setHeader('content-type', 'text/html').end(html))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, [Symbol.dispose]: () => server.close() }
}

function isAlive(pid: number) {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('the host', () => {
  it('serves the screens on this machine until it is asked to stop, and stops in order', async () => {
    const host = await startHost(dataDir)
    const response = await fetch(host?.url ?? '')
    expect(response.status).toBe(200)
    expect(await host?.stop()).toBe(0)
    await expect(fetch(host?.url ?? '')).rejects.toThrow()
  })

  it('ends with the process that started it, even when that one is killed', async () => {
    const starter = join(dataDir, 'starter.mjs')
    writeFileSync(
      starter,
      `import { startHost } from ${JSON.stringify(new URL('../../scripts/host.mjs', import.meta.url).href)}
       const host = await startHost(${JSON.stringify(dataDir)})
       console.log(host.url)`,
    )
    const child = spawn(process.execPath, [starter], { stdio: ['ignore', 'pipe', 'inherit'] })
    started.push(child)
    const [url] = (await once(child.stdout, 'data')) as [Buffer]
    expect((await fetch(url.toString().trim())).status).toBe(200)

    child.kill('SIGKILL')
    await expect.poll(() => fetch(url.toString().trim()).catch(() => 'gone')).toBe('gone')
  })
})

describe.skipIf(withoutBrowser)('the window', { meta: { skipReason: withoutBrowser } }, () => {
  it('is closed when its page is, and its browser ends with it', async () => {
    using closing = await page('<script>setTimeout(() => window.close(), 500)</script>')
    const window = openAppWindow({ browser: unseenBrowser(), url: closing.url, dataDir })
    expect(await window.ended).toBe('closed')
  })

  it('can be closed from here', async () => {
    using staying = await page('<h1>BDC</h1>')
    const window = openAppWindow({ browser: unseenBrowser(), url: staying.url, dataDir })
    await expect.poll(() => existsSync(join(dataDir, 'browser', 'Default')), { timeout: 10_000 }).toBe(true)
    await window.close()
    expect(await window.ended).toMatch(/closed|never opened/)
  })

  it('is known not to have opened when the browser cannot run', async () => {
    expect(await openAppWindow({ browser: process.execPath, url: 'http://127.0.0.1:9/', dataDir }).ended).toBe(
      'never opened',
    )
  })
})

describe('npm start', () => {
  /** Starts it and resolves with the process when a line matches. */
  async function start(env: NodeJS.ProcessEnv, line: RegExp) {
    const child = spawn(process.execPath, ['scripts/start.mjs', '--data', dataDir], {
      cwd: root,
      env: { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '', ELECTRON_SKIP_BINARY_DOWNLOAD: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    started.push(child)
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
    await expect.poll(() => output, { timeout: 60_000 }).toMatch(line)
    return { child, url: /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0] ?? '' }
  }

  async function endOf(child: ChildProcess) {
    if (child.exitCode === null) await once(child, 'exit')
    return child.exitCode
  }

  it('says the address where no window can be shown, and ends in order when told to', async () => {
    const { child, url } = await start({}, /open this address in a browser/)
    expect((await fetch(url)).status).toBe(200)
    child.kill('SIGINT')
    expect(await endOf(child)).toBe(0)
    await expect(fetch(url)).rejects.toThrow()
  })

  it('does not open the same data twice', async () => {
    const { child } = await start({}, /open this address/)
    const second = await start({}, /Another BDC is using/)
    expect(await endOf(second.child)).toBe(1)
    child.kill('SIGTERM')
    expect(await endOf(child)).toBe(0)
  })

  it.skipIf(withoutBrowser)(
    'leaves neither host nor browser behind',
    { meta: { skipReason: withoutBrowser } },
    async () => {
      const { child, url } = await start({ DISPLAY: ':none', BDC_BROWSER: unseenBrowser() }, /in its own window/)
      const lock = join(dataDir, 'browser', 'SingletonLock')
      await expect.poll(() => browserPid(lock), { timeout: 20_000 }).toBeGreaterThan(0)
      const pid = browserPid(lock)
      expect(isAlive(pid)).toBe(true)

      child.kill('SIGINT')
      expect(await endOf(child)).toBe(0)
      await expect(fetch(url)).rejects.toThrow()
      expect(isAlive(pid)).toBe(false)
    },
  )
})

/** Chromium's lock is a link that names its machine and process; 0 while there is none. */
function browserPid(lock: string) {
  try {
    return Number(/-(\d+)$/.exec(readlinkSync(lock))?.[1] ?? 0)
  } catch {
    return 0
  }
}
