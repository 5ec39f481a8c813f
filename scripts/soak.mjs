import { join } from 'node:path'
import { pinnedNode, root } from './project.mjs'
import { run } from './run.mjs'
import { runMain } from './sentence.mjs'
import { setup } from './setup.mjs'

/** Runs one of the long trials of tests/durability/soak; the arguments after its name are its own. */
await runMain(async () => {
  await setup()
  const [name = '', ...args] = process.argv.slice(2)
  const { code } = await run(pinnedNode(), [join(root, 'tests', 'durability', 'soak', `${name}.ts`), ...args], {
    show: true,
  })
  return code
})
