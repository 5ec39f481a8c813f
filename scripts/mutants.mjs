import { join } from 'node:path'
import { nodeFlags, pinnedNode, root } from './project.mjs'
import { run } from './run.mjs'
import { runMain } from './sentence.mjs'
import { setup } from './setup.mjs'

/** Plants faults into a copy of sync, one after the other, and says which of them its suite notices. */
await runMain(async () => {
  await setup()
  const script = join(root, 'tests', 'sync', 'mutants', 'run.ts')
  const { code } = await run(pinnedNode(), [...nodeFlags, script, ...process.argv.slice(2)], { show: true })
  return code === 0 ? 0 : 1
})
