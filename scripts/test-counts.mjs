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
    const brokenSuites = modules
      .flatMap((module) => [...module.children.allSuites()])
      .filter((suite) => suite.errors().length > 0)
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

/**
 * The note of `context.skip(condition, note)`, or the `skipReason` in the meta of the test or of a suite around it.
 * @param {import('vitest/node').TestCase} test
 */
function reasonOf(test) {
  const result = test.result()
  const note = result.state === 'skipped' ? result.note : undefined
  return { title: `${test.module.relativeModuleId} > ${test.fullName}`, reason: note ?? skipReasonAround(test) ?? '' }
}

/** @param {import('vitest/node').TestCase | import('vitest/node').TestSuite} task @returns {string | undefined} */
function skipReasonAround(task) {
  const { skipReason } = /** @type {{ skipReason?: string }} */ (task.meta())
  if (skipReason || task.parent.type === 'module') return skipReason
  return skipReasonAround(task.parent)
}
