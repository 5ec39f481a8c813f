import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** @typedef {{ os?: string[], cpu?: string[], libc?: string[] }} Platforms */

/**
 * The packages made for this platform that the lock file names and the disk lacks.
 * @param {Record<string, any>} lock @param {string} folder node_modules
 */
export function missingPackages(lock, folder) {
  return Object.entries(lock.packages)
    .filter(([path, entry]) => isForThisPlatform(entry) && !existsSync(join(dirname(folder), path)))
    .map(([path]) => path.replace('node_modules/', ''))
}

/** @param {Platforms} platforms */
function isForThisPlatform({ os, cpu, libc }) {
  if (!os?.includes(process.platform) || !cpu?.includes(process.arch)) return false
  return !libc || libc.includes(thisLibc())
}

function thisLibc() {
  const { header } = /** @type {{ header: Record<string, unknown> }} */ (process.report.getReport())
  return header.glibcVersionRuntime ? 'glibc' : 'musl'
}
