import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildRenderer } from './build.mjs'
import { check } from './check.mjs'
import { runTool } from './run.mjs'
import { Sentence } from './sentence.mjs'
import { setup } from './setup.mjs'

/** @typedef {import('./test-counts.mjs').Counts} Counts */

/**
 * Everything that proves the program, from a fresh clone on: set-up, build, checks, tests. The last line has the counts.
 * Arguments go to vitest; `--shuffle` runs the tests in a random order.
 */
async function test() {
  const steps = [
    { title: 'set-up', run: nothingToCount(setup) },
    { title: 'build', run: nothingToCount(buildRenderer) },
    { title: 'checks', run: async () => ({ ...(await check()), skipped: [] }) },
    { title: 'tests', run: () => runTests(process.argv.slice(2)) },
  ]
  const total = { passed: 0, failed: 0, skipped: /** @type {Counts['skipped']} */ ([]) }
  for (const { title, run } of steps) {
    const counts = await run().catch(failure)
    total.passed += counts.passed
    total.failed += counts.failed
    total.skipped.push(...counts.skipped)
    if (title === 'set-up' && counts.failed > 0) break
  }
  for (const { title, reason } of total.skipped) console.log(`Skipped: ${title}\n  because ${reason}`)
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped.length} skipped`)
  return total.failed === 0 ? 0 : 1
}

/** @param {unknown} error @returns {Counts} */
function failure(error) {
  console.error(error instanceof Sentence ? error.message : error)
  return { passed: 0, failed: 1, skipped: [] }
}

/** @param {() => Promise<void>} work @returns {() => Promise<Counts>} */
function nothingToCount(work) {
  return async () => {
    await work()
    return { passed: 0, failed: 0, skipped: [] }
  }
}

/** @param {string[]} args @returns {Promise<Counts>} */
async function runTests(args) {
  const folder = mkdtempSync(join(tmpdir(), 'bdc-test-'))
  const file = join(folder, 'counts.json')
  try {
    const reporters = ['--reporter=default', '--reporter=./scripts/test-counts.mjs']
    const options = args.map((arg) => (arg === '--shuffle' ? '--sequence.shuffle' : arg))
    const { code } = await runTool('vitest', ['run', ...reporters, ...options], {
      show: true,
      env: { BDC_TEST_COUNTS: file },
    })
    if (!existsSync(file)) throw new Sentence('The tests ended before they were counted.')
    /** @type {Counts} */
    const counts = JSON.parse(readFileSync(file, 'utf8'))
    if (code !== 0 && counts.failed === 0) counts.failed = 1
    return counts
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

process.exitCode = await test()
