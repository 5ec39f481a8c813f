import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasScreen } from '../../../scripts/browser.mjs'
import { buildElectron, buildRenderer } from '../../../scripts/build.mjs'
import { presentElectronBinary } from '../../../scripts/electron-binary.mjs'

const root = join(import.meta.dirname, '../../..')
const binary = presentElectronBinary()

function obstacle(): string | undefined {
  if (!binary) return "Electron's program is not on this machine: npm brings only its installer"
  return hasScreen() ? undefined : 'there is no screen for a window here: run the tests under xvfb-run'
}
const skipReason = obstacle()

describe('the real window', { skip: skipReason !== undefined, meta: { skipReason } }, () => {
  let dataDir: string
  let app: ElectronApplication
  let page: Page

  beforeAll(async () => {
    await buildRenderer()
    await buildElectron()
    dataDir = mkdtempSync(join(tmpdir(), 'bdc-window-'))
    app = await _electron.launch({
      ...(binary ? { executablePath: binary } : {}),
      // Chromium cannot raise its sandbox for root, as in a container.
      args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), root],
      env: { ...(process.env as Record<string, string>), BDC_DATA_DIR: dataDir },
    })
    page = await app.firstWindow()
  })
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
    expect(outcome).toEqual({ opened: null, fetched: 'refused', notifications: 'granted' })
    await page.evaluate(() => window.location.assign('https://example.org/'))
    expect(page.url()).toMatch(/^app:\/\/main\//)
  })
})
