import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { nodeFlags, pinnedNode, root } from './project.mjs'
import { run } from './run.mjs'
import { runMain, Sentence } from './sentence.mjs'
import { setup } from './setup.mjs'

const folder = join(root, 'tests', 'soak')

/** Runs the long runs whose name has the first argument in it; the others are theirs. */
await runMain(async () => {
  await setup()
  const [wanted = '', ...args] = process.argv.slice(2)
  const chosen = existsSync(folder)
    ? readdirSync(folder).filter((name) => name.endsWith('.soak.ts') && name.includes(wanted))
    : []
  if (chosen.length === 0) throw new Sentence(`There is no long run with "${wanted}" in its name in tests/soak.`)
  let failed = 0
  for (const name of chosen) {
    console.log(`\n${name}`)
    const { code } = await run(pinnedNode(), [...nodeFlags, join(folder, name), ...args], { show: true })
    if (code !== 0) failed += 1
  }
  return failed === 0 ? 0 : 1
})
