import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/**
 * Where BDC keeps its data: what `--data` or BDC_DATA say, else the place that the platform has for it. A relative path
 * starts where the person stands, while npm runs scripts in the project.
 * @param {string} [wanted] @param {NodeJS.ProcessEnv} [env] @param {string} [platform]
 */
export function dataDir(wanted, env = process.env, platform = process.platform) {
  const chosen = wanted || env.BDC_DATA
  return chosen ? resolve(env.INIT_CWD ?? '.', chosen) : usualDataDir(env, platform)
}

/** @param {NodeJS.ProcessEnv} env @param {string} platform */
function usualDataDir(env, platform) {
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'BDC')
  if (platform === 'win32') return join(env.APPDATA || join(homedir(), 'AppData', 'Roaming'), 'BDC')
  return join(env.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'bdc')
}
