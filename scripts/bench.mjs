import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { nodeFlags, pinnedNode, root, toolEnvironment } from './project.mjs'
import { run } from './run.mjs'
import { runMain, Sentence } from './sentence.mjs'
import { setup } from './setup.mjs'

const folder = join(root, 'tests', 'bench')

/** Runs the measurements one after the other; arguments choose some of them by a part of their name. */
await runMain(async () => {
  await setup()
  const wanted = process.argv.slice(2)
  const all = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.bench.ts')) : []
  const chosen = all.filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
  if (chosen.length === 0)
    throw new Sentence(`Nothing to measure. There is: ${all.join(', ') || 'nothing in tests/bench'}.`)

  let failed = 0
  for (const name of chosen) {
    console.log(`\n${name}`)
    const { code } = await run(pinnedNode(), [...nodeFlags, join(folder, name)], { show: true, env: toolEnvironment() })
    if (code !== 0) failed += 1
  }
  return failed === 0 ? 0 : 1
})
