import { pathToFileURL } from 'node:url'
import { runTool } from './run.mjs'
import { runMain } from './sentence.mjs'
import { setup } from './setup.mjs'

/** @typedef {{ title: string, tool: string, command?: string, args: string[] }} Check */

/** @type {readonly Check[]} */
const checks = [
  { title: 'types and walls between folders', tool: 'typescript', command: 'tsc', args: ['-b'] },
  { title: 'lint and import walls', tool: 'oxlint', args: ['.'] },
  { title: 'format', tool: '@biomejs/biome', command: 'biome', args: ['check', '--max-diagnostics=none', '.'] },
  {
    title: 'unused files, exports and packages',
    tool: 'knip',
    args: ['--no-progress', '--treat-config-hints-as-errors'],
  },
]

/** Runs every check, one after the other, and shows what each found. @returns {Promise<{ passed: number, failed: number }>} */
export async function check() {
  let failed = 0
  for (const { title, tool, command, args } of checks) {
    const startedAt = Date.now()
    const { code, output } = await runTool(tool, args, { command })
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(1)
    console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${title} (${seconds} s)`)
    if (code === 0) continue
    failed += 1
    console.log(output.trimEnd())
  }
  return { passed: checks.length - failed, failed }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await runMain(async () => {
    await setup()
    const { failed } = await check()
    return failed === 0 ? 0 : 1
  })
}
