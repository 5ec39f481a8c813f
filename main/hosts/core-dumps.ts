import { spawnSync } from 'node:child_process'

/**
 * A core dump would hold the key of the data. Node cannot set limits itself; on Linux `prlimit` does it for this process,
 * macOS and Windows write none unless somebody has switched them on.
 */
export function forbidCoreDumps() {
  if (process.platform === 'linux') spawnSync('prlimit', ['--core=0:0', '--pid', String(process.pid)])
}
