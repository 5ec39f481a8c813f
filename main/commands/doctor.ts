import type { Options } from './catalog.ts'
import type { Finding } from './check.ts'
import { dataFolder } from './data-folder.ts'
import { examine } from './examination.ts'
import { folder } from './options.ts'

/** Prints one line for each check; fails when one of them did. */
export async function doctor(options: Options) {
  const findings = await examine(dataFolder(folder(options, 'data'), options))
  process.stdout.write(findings.map(lineOf).join(''))

  const failed = findings.filter(({ problem }) => problem !== undefined)
  if (failed.length > 0)
    throw new Error(`${failed.length} of ${findings.length} checks failed: do what their lines say, and check again.`)
}

function lineOf({ check, problem }: Finding): string {
  return problem === undefined ? `ok      ${check}\n` : `FAILED  ${check}: ${problem}\n`
}
