import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { presentElectronBinary } from '../../../scripts/electron-binary.mjs'

const root = join(import.meta.dirname, '../../..')
const binary = presentElectronBinary()
const hasScreen = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
const obstacle = !binary
  ? "Electron's program is not installed on this machine (npm brings only its installer)"
  : hasScreen
    ? undefined
    : 'this machine has no screen; run the tests under xvfb-run'
if (obstacle) console.info(`The real window is not tried: ${obstacle}.`)

describe.skipIf(obstacle)('the real window', () => {
  let dataDir: string
  let app: ElectronApplication
  let page: Page

  beforeAll(async () => {
    for (const config of [
      'renderer/vite.config.ts',
      'main/hosts/electron/vite.config.ts',
      'main/hosts/electron/vite.preload.config.ts',
    ]) {
      await build({ configFile: join(root, config), logLevel: 'warn' })
    }
    dataDir = mkdtempSync(join(tmpdir(), 'bdc-window-'))
    app = await _electron.launch({
      ...(binary ? { executablePath: binary } : {}),
      args: [root, '--password-store=basic'],
      env: { ...(process.env as Record<string, string>), BDC_DATA_DIR: dataDir },
    })
    page = await app.firstWindow()
  }, 120_000)
  afterAll(async () => {
    await app?.close()
    if (dataDir) rmSync(dataDir, { recursive: true })
  })

  it('shows the first screen of an empty installation, from our own origin', async () => {
    expect(page.url()).toMatch(/^app:\/\/main\//)
    await expect.poll(() => page.locator('#root').textContent()).not.toBe('')
  })

  it('has no part of Node or Electron in the page', async () => {
    expect(
      await page.evaluate(() => ['require', 'process', 'module', 'Buffer'].filter((name) => name in window)),
    ).toEqual([])
    expect(await page.evaluate(() => Object.keys((window as unknown as { bdcShell: object }).bdcShell).sort())).toEqual(
      ['platform', 'version'],
    )
  })

  it('stays on its page, opens no other, and reaches no network', async () => {
    await app.evaluate(({ dialog }) => {
      dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false })
    })
    const outcome = await page.evaluate(async () => ({
      opened: window.open('https://example.org/'),
      fetched: await fetch('https://example.org/').then(String, () => 'refused'),
      notifications: await Notification.requestPermission(),
    }))
    expect(outcome).toEqual({ opened: null, fetched: 'refused', notifications: 'denied' })
    await page.evaluate(() => window.location.assign('https://example.org/'))
    expect(page.url()).toMatch(/^app:\/\/main\//)
  })
})
