import { dataDir } from './data-dir.mjs'
import { pinnedNode, root } from './project.mjs'
import { run } from './run.mjs'
import { runMain } from './sentence.mjs'
import { setup } from './setup.mjs'

/** The command line of the core, from a fresh clone on: only what the command itself says goes to standard output. */
await runMain(async () => {
  await setup(console.error)
  const env = { ...process.env, BDC_DATA: dataDir() }
  const { code } = await run(pinnedNode(), [`${root}/main/cli.ts`, ...process.argv.slice(2)], {
    show: true,
    cwd: process.cwd(),
    env,
  })
  return code
})
