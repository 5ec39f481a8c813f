import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startProgram } from '../e2e/program.ts'
import { launchBrowser, newProfile } from '../e2e/screen.ts'
import { password } from '../support/centre.ts'
import { measure, percentile, report, summary } from './measure.ts'

const runs = 10
const aimMs = 2000

const dataDir = mkdtempSync(join(tmpdir(), 'bdc-start-'))
const browser = await launchBrowser()
try {
  {
    await using program = await startProgram(dataDir)
    const page = await (await newProfile(browser)).newPage()
    await page.goto(program.url)
    const centre = { organizationName: 'Centre', adminName: 'Ada Admin', email: 'ada@example.org', password }
    await page.evaluate(async (json) => {
      const headers = { 'content-type': 'application/json' }
      await fetch('/rpc/setup/createCentre', { method: 'POST', headers, body: JSON.stringify({ json }) })
    }, centre)
  }

  const ready: number[] = []
  const { floor, interactive } = await measure(runs, {
    /** Nothing but Node itself, and a page without anything on it. */
    floor: async () => {
      spawnSync(process.execPath, ['--eval', '0'])
      const profile = await newProfile(browser)
      await (await profile.newPage()).goto('about:blank')
      await profile.close()
    },
    /** From starting the process to a sign-in field that takes letters, in a browser that has never seen the page. */
    interactive: async () => {
      const start = performance.now()
      await using program = await startProgram(dataDir)
      ready.push(performance.now() - start)
      const profile = await newProfile(browser)
      const page = await profile.newPage()
      await page.goto(program.url)
      await page.getByLabel('E-mail address').fill('a')
      await profile.close()
    },
  })
  const data = 'an existing centre; browser already running; cold cache of the browser, warm cache of the disk'
  report('start: floor, Node and an empty page', { ...summary(floor), data: 'the same browser' })
  report('start: program answers', { ...summary(ready.slice(-runs)), data })
  report('start: sign-in takes letters', {
    ...summary(interactive),
    aimMs,
    isWithinAim: percentile(interactive, 95) < aimMs,
    data,
  })
} finally {
  await browser.close()
  rmSync(dataDir, { recursive: true, force: true })
}
