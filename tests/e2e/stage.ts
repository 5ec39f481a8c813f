import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { type Program, startProgram } from './program.ts'
import { launchBrowser } from './screen.ts'

export interface Stage {
  browser: Browser
  dataDir: string
  /** A test that kills it puts the next one here. */
  program: Program
}

/** A program on data of its own and a browser, for all tests of one file. There once the first of them runs. */
export function useStage(): Stage {
  const stage = {} as Stage
  beforeAll(async () => {
    stage.dataDir = mkdtempSync(join(tmpdir(), 'bdc-e2e-'))
    stage.browser = await launchBrowser()
    stage.program = await startProgram(stage.dataDir)
  })
  afterAll(async () => {
    await stage.program?.[Symbol.asyncDispose]()
    await stage.browser?.close()
    rmSync(stage.dataDir, { recursive: true, force: true })
  })
  return stage
}
