import { join } from 'node:path'
import { buildElectron, buildRenderer } from './build.mjs'
import { electronBinary } from './electron-binary.mjs'
import { root } from './project.mjs'
import { runTool } from './run.mjs'
import { runMain } from './sentence.mjs'

const outOfReach =
  'Built into dist/, but not packaged: Electron is not here and cannot be fetched now. Run this again with the internet.'

/** Builds the screens and the shell, and packages them for this computer where Electron's program can be had. */
async function dist() {
  await buildRenderer()
  await buildElectron()
  if (!(await electronBinary({ askAgain: true }))) {
    console.log(outOfReach)
    return 0
  }
  const program = join(root, 'node_modules', 'electron', 'dist')
  const { code } = await runTool('electron-builder', [`--config.electronDist=${program}`], { show: true })
  return code
}

await runMain(dist)
