import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { isWindows, nodeFlags, pinnedNode, root, toolEnvironment } from './project.mjs'

/**
 * @typedef {object} Host
 * @property {string} url
 * @property {Promise<number>} ended resolves with the exit code
 * @property {() => Promise<number>} stop lets the host finish what it does
 */

/**
 * Starts the HTTP host on a free port of this machine. It has its own process group, so that Ctrl+C reaches only the process
 * that called this, which can then end things in order. What the host refuses, it says itself on standard error.
 * @param {string} dataDir
 * @returns {Promise<Host | undefined>} undefined when it refused
 */
export async function startHost(dataDir) {
  const preload = pathToFileURL(join(root, 'scripts', 'end-with-parent.mjs')).href
  const serve = [join(root, 'main', 'cli.ts'), 'serve', '--data', dataDir, '--port', '0']
  const child = spawn(pinnedNode(), [...nodeFlags, '--import', preload, ...serve], {
    cwd: root,
    env: toolEnvironment(),
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    detached: !isWindows,
  })
  /** @type {Promise<number>} */
  const ended = new Promise((resolve) => {
    child.once('error', () => resolve(127))
    child.once('exit', (code) => resolve(code ?? 1))
  })
  const stop = () => {
    if (child.connected) child.disconnect()
    return ended
  }
  const url = await Promise.race([firstUrl(child.stdout), ended.then(() => undefined)])
  return url === undefined ? undefined : { url, ended, stop }
}

/** @param {import('node:stream').Readable | null} output @returns {Promise<string>} */
function firstUrl(output) {
  return new Promise((resolve) => {
    if (!output) return
    createInterface({ input: output }).on('line', (line) => {
      if (line.startsWith('{')) resolve(JSON.parse(line).url)
      else console.log(line)
    })
  })
}
