import { runTool } from './run.mjs'
import { runMain } from './sentence.mjs'
import { setup } from './setup.mjs'

await runMain(async () => {
  await setup()
  const { code } = await runTool('@biomejs/biome', ['check', '--write', '.'], { command: 'biome', show: true })
  return code
})
