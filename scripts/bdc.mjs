import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { nodeFlags, pinnedNode, root, toolEnvironment } from './project.mjs'
import { runMain } from './sentence.mjs'
import { setup } from './setup.mjs'

/**
 * The command line of the core, from a fresh clone on: only what the command itself says goes to standard output, and paths
 * start where the person stands.
 */
await runMain(async () => {
  await setup(console.error)
  const command = [...nodeFlags, join(root, 'main', 'cli.ts'), ...process.argv.slice(2)]
  const child = spawn(pinnedNode(), command, {
    stdio: 'inherit',
    cwd: process.env.INIT_CWD ?? process.cwd(),
    env: toolEnvironment(),
  })
  // Ctrl+C reaches the command by itself; a kill reaches only this process.
  process.on('SIGINT', () => {})
  process.on('SIGTERM', () => child.kill('SIGTERM'))
  const [code] = await once(child, 'exit')
  return code ?? 1
})
