import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from '../../scripts/project.mjs'
import { runTool } from '../../scripts/run.mjs'

/** Every test that tries random inputs, with so many `--times` what `npm test` tries. */
const { values } = parseArgs({ options: { times: { type: 'string', default: '10' } } })

const files = globSync('tests/**/*.test.ts', { cwd: root }).filter((file) =>
  readFileSync(join(root, file), 'utf8').includes('/support/inputs.ts'),
)
const { code } = await runTool('vitest', ['run', ...files], { show: true, env: { BDC_INPUTS_FACTOR: values.times } })
process.exitCode = code
