import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Browser, type BrowserContext, chromium, type Page, type Request } from 'playwright-core'
import { findBrowser, installBrowser } from '../../scripts/browser.mjs'

const pictures = join(import.meta.dirname, 'screenshots')

/** Whatever the page asks for outside of this machine goes nowhere, names included. */
const nothingButLoopback = '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'

export async function launchBrowser(): Promise<Browser> {
  const executablePath = findBrowser() ?? (await installBrowser())
  if (!executablePath)
    throw new Error('No browser of the Chromium family is installed: install Chromium and run again.')
  const isRoot = process.getuid?.() === 0
  return chromium.launch({
    executablePath,
    args: [
      nothingButLoopback,
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-quic',
      ...(isRoot ? ['--no-sandbox'] : []),
    ],
  })
}

let shared: Browser | undefined

/** One browser for all files that run in this process; it ends with the process. */
export async function sharedBrowser(): Promise<Browser> {
  if (!shared?.isConnected()) shared = await launchBrowser()
  return shared
}

export interface Screen {
  page: Page
  /** Errors of the page and requests that left this machine; a good run has none. */
  troubles: string[]
  /** Waits until the page is at rest and has asked for nothing for a tenth of a second. */
  settled(): Promise<void>
  /** Keeps a picture of the screen under `tests/e2e/screenshots`. */
  picture(name: string): Promise<void>
  /** For a test that failed: keeps a picture, and prints what stands on the screen for whoever has only the log. */
  explain(name: string): Promise<void>
}

export interface Look {
  width?: number
  height?: number
  language?: string
  dark?: boolean
  hasTouch?: boolean
}

/** A browser profile of its own: what it keeps outlives its pages, as it outlives closing a window. */
export function newProfile(browser: Browser, look: Look = {}): Promise<BrowserContext> {
  const { width = 1280, height = 720, language = 'en-GB', dark = false, hasTouch = false } = look
  return browser.newContext({
    viewport: { width, height },
    locale: language,
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    hasTouch,
  })
}

/** The page has shown what it knows: nothing moves or changes its colour any more, and it has nothing to do. */
export function atRest(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const isEndless = (animation: Animation) =>
      animation.effect?.getComputedTiming().endTime === Number.POSITIVE_INFINITY
    const moving = () => document.getAnimations().filter((one) => one.playState === 'running' && !isEndless(one))
    do {
      await Promise.allSettled(moving().map(({ finished }) => finished))
      await new Promise((resolve) => requestIdleCallback(resolve, { timeout: 1_000 }))
    } while (moving().length > 0)
  })
}

export async function openScreen(profile: BrowserContext): Promise<Screen> {
  const page = await profile.newPage()
  page.setDefaultTimeout(15_000)
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(`page error: ${error.message}`))
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url())
    const isLocal = hostname === '127.0.0.1' || protocol === 'data:' || protocol === 'blob:'
    if (!isLocal) troubles.push(`request to ${hostname}`)
  })
  const underWay = new Set<Request>()
  let lastChange = performance.now()
  const note = (change: () => void) => {
    change()
    lastChange = performance.now()
  }
  page.on('request', (request) => note(() => underWay.add(request)))
  page.on('requestfinished', (request) => note(() => underWay.delete(request)))
  page.on('requestfailed', (request) => note(() => underWay.delete(request)))
  mkdirSync(pictures, { recursive: true })
  const picture = async (name: string) => {
    await page.screenshot({ path: join(pictures, `${name}.png`) })
  }
  return {
    page,
    troubles,
    async settled() {
      do {
        while (underWay.size > 0) await pause(10)
        await atRest(page)
      } while (underWay.size > 0 || performance.now() - lastChange < 100)
    },
    picture,
    async explain(name) {
      await picture(name)
      console.error(`${page.url()}\n${await page.locator('body').ariaSnapshot()}\n${troubles.join('\n')}`)
    },
  }
}
