import { writeFileSync } from 'node:fs'

/** @typedef {{ passed: number, failed: number, skipped: { title: string, reason: string }[] }} Counts */

/**
 * A vitest reporter that writes how many tests passed, failed and were skipped, and why, to the file named by BDC_TEST_COUNTS.
 * What vitest itself counts apart is a failure here: a file that cannot be loaded, an error outside of any test, and a test
 * that is skipped without a reason.
 */
export default class TestCounts {
  /**
   * @param {ReadonlyArray<import('vitest/node').TestModule>} modules
   * @param {ReadonlyArray<unknown>} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    const tests = modules.flatMap((module) => [...module.children.allTests()])
    const brokenFiles = modules.filter((module) => module.errors().length > 0)
    const brokenSuites = modules.flatMap((module) => [...module.children.allSuites()]).filter((suite) => suite.errors().length > 0)
    const skipped = tests.filter((test) => test.result().state === 'skipped').map(reasonOf)
    const silent = skipped.filter(({ reason }) => reason === '')
    for (const { title } of silent) console.error(`Skipped without a reason: ${title}`)

    const inState = (/** @type {string} */ state) => tests.filter((test) => test.result().state === state).length
    /** @type {Counts} */
    const counts = {
      passed: inState('passed'),
      failed: inState('failed') + brokenFiles.length + brokenSuites.length + unhandledErrors.length + silent.length,
      skipped: skipped.filter(({ reason }) => reason !== ''),
    }
    writeFileSync(process.env.BDC_TEST_COUNTS ?? '', JSON.stringify(counts))
  }
}

/** @param {import('vitest/node').TestCase} test */
function reasonOf(test) {
  const result = test.result()
  const reason = result.state === 'skipped' ? (result.note ?? '') : ''
  return { title: `${test.module.relativeModuleId} > ${test.fullName}`, reason }
}
