import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import * as z from 'zod'
import { openDatabase } from '../../main/database/database.ts'
import { keyFile } from '../../main/database/key.ts'
import { fillGenerated } from '../../main/domains/setup/fill.ts'
import { startProgram } from '../e2e/program.ts'
import { launchBrowser, newProfile, openScreen, type Screen } from '../e2e/screen.ts'
import { percentile, report } from './measure.ts'

/**
 * How long a frame of the list of 100,000 people takes in Chromium while somebody turns the wheel for ten seconds: from one
 * to the next, which a busy machine makes longer, and in work of the page's own thread, which it does not.
 */
const people = Number(process.env['PEOPLE'] ?? 100_000)
const seconds = 10
const TracedFrames = z.array(z.object({ name: z.string(), tdur: z.number().optional() }).loose())

const dataDir = mkdtempSync(join(tmpdir(), 'bdc-bench-scroll-'))
const browser = await launchBrowser()
try {
  const profile = await newProfile(browser)
  const port = await openPractice(await openScreen(profile))
  await fill()
  await using program = await startProgram(dataDir, port)
  const { page } = await openScreen(profile)
  await page.goto(`${program.url}#/beneficiaries`)
  await page.getByRole('row').nth(5).waitFor()
  const { frames, work } = await framesWhile(page, () => turnTheWheel(page))
  report('frames of the list of people', {
    people,
    rowsReached: await page.getByRole('row').last().getAttribute('aria-rowindex'),
    frames: frames.length,
    framesPerSecond: round((1000 * frames.length) / frames.reduce((sum, ms) => sum + ms, 0)),
    p50Ms: round(percentile(frames, 50)),
    p95Ms: round(percentile(frames, 95)),
    p99Ms: round(percentile(frames, 99)),
    longestMs: round(Math.max(...frames)),
    workP50Ms: round(percentile(work, 50)),
    workP95Ms: round(percentile(work, 95)),
    workP99Ms: round(percentile(work, 99)),
    workLongestMs: round(Math.max(...work)),
    load: loadavg().map(round),
  })
} finally {
  await browser.close()
  rmSync(dataDir, { recursive: true, force: true })
}

/** Somebody is signed in after it, at an address that the next start takes again. */
async function openPractice({ page }: Screen): Promise<number> {
  await using program = await startProgram(dataDir)
  await page.goto(program.url)
  await page.getByText('Open a practice centre').click()
  await page.waitForURL(/#\/today/)
  await page.close()
  return program.port
}

async function fill() {
  const database = await openDatabase(join(dataDir, 'bdc.db'), keyFile(join(dataDir, 'bdc.key')))
  await database.write(async (db) => {
    const { id } = await db.selectFrom('organizations').select('id').executeTakeFirstOrThrow()
    await fillGenerated(db, id, { people, responses: 0, seed: 1 }, new Date().toISOString())
  })
  await database.close()
}

/** Milliseconds from each frame to the next one, and of the work that the page does for each. */
async function framesWhile(page: Page, turning: () => Promise<void>) {
  const frames = await page.evaluateHandle(() => {
    const noted: number[] = []
    let last = performance.now()
    const note = (now: number) => {
      noted.push(now - last)
      last = now
      requestAnimationFrame(note)
    }
    requestAnimationFrame(note)
    return noted
  })
  const endTracing = await traceFrames()
  await turning()
  return { work: await endTracing(), frames: (await frames.jsonValue()).slice(1) }
}

async function traceFrames(): Promise<() => Promise<number[]>> {
  const session = await browser.newBrowserCDPSession()
  const work: number[] = []
  session.on('Tracing.dataCollected', ({ value }) => {
    const frames = TracedFrames.parse(value).filter(({ name }) => name === 'ProxyMain::BeginMainFrame')
    work.push(...frames.flatMap(({ tdur }) => (tdur === undefined ? [] : tdur / 1000)))
  })
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: ['cc'] } })
  return async () => {
    const isOver = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()))
    await session.send('Tracing.end')
    await isOver
    return work
  }
}

async function turnTheWheel(page: Page) {
  const row = await page.getByRole('row').nth(3).boundingBox()
  await page.mouse.move((row?.x ?? 0) + 200, (row?.y ?? 0) + 20)
  const until = performance.now() + seconds * 1000
  while (performance.now() < until) {
    await page.mouse.wheel(0, 400)
    await page.waitForTimeout(16)
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
