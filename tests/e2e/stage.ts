import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'
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
  // Pages that are left go on asking. Those of a test that failed are still to be explained.
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') await closeProfiles(stage.browser)
  })
  afterAll(async () => {
    if (stage.browser) await closeProfiles(stage.browser)
    await stage.program?.[Symbol.asyncDispose]()
    rmSync(stage.dataDir, { recursive: true, force: true })
  })
  return stage
}

export async function closeProfiles(browser: Browser) {
  await Promise.all(browser.contexts().map((profile) => profile.close()))
}
