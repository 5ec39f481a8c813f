import { spawn } from 'node:child_process'
import { pinnedNode, root, toolEnvironment, toolScript } from './project.mjs'

/**
 * Runs a command to its end. The output goes to the terminal (`show`) or is kept and given back.
 * A command that cannot be started gives code 127 and the reason as its output.
 * @param {string} command @param {readonly string[]} args
 * @param {{ show?: boolean, cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(command, args, { show = false, cwd = root, env = process.env, shell = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, shell, stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const keep = (/** @type {Buffer} */ chunk) => {
      output += chunk
    }
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
    child.on('error', (error) => resolve({ code: 127, output: error.message }))
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

/**
 * Runs a command of an installed package under the pinned Node.
 * @param {string} packageName @param {readonly string[]} args
 * @param {{ command?: string, show?: boolean, env?: NodeJS.ProcessEnv }} [options]
 */
export function runTool(packageName, args, { command, show, env = {} } = {}) {
  return run(pinnedNode(), [toolScript(packageName, command), ...args], { show, env: { ...toolEnvironment(), ...env } })
}
