import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { putNewData } from '../support/new-data.ts'
import { openProgram, type Program } from './program.ts'
import { sharedBrowser } from './screen.ts'

export interface Stage<P extends Program = Program> {
  browser: Browser
  dataDir: string
  /** A test that ends it puts the next one here. */
  program: P
}

/**
 * A program on data of its own and a browser, for all tests of one file. There once the first of them runs. `start` says how
 * the program comes about: a test that kills it, or that takes times, gives it a process.
 */
export function useStage(): Stage
export function useStage<P extends Program>(start: (dataDir: string) => Promise<P>): Stage<P>
export function useStage(start: (dataDir: string) => Promise<Program> = openProgram): Stage {
  const stage = {} as Stage
  beforeAll(async () => {
    stage.dataDir = mkdtempSync(join(tmpdir(), 'bdc-e2e-'))
    await putNewData(stage.dataDir)
    stage.browser = await sharedBrowser()
    stage.program = await start(stage.dataDir)
  })
  let lasting: BrowserContext[] = []
  const close = () => {
    const opened = stage.browser.contexts().filter((profile) => !lasting.includes(profile))
    return Promise.all(opened.map((profile) => profile.close()))
  }
  beforeEach(() => {
    lasting = stage.browser.contexts()
  })
  // Pages that are left go on asking. Those of a test that failed are still to be explained.
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') await close()
  })
  afterAll(async () => {
    lasting = []
    if (stage.browser) await close()
    await stage.program?.[Symbol.asyncDispose]()
    rmSync(stage.dataDir, { recursive: true, force: true })
  })
  return stage
}
