import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { uptime } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Does the work while no other process does work under the same lock file. A lock whose owner is gone is taken over,
 * so a killed owner blocks nobody.
 * @template T
 * @param {string} path @param {{ onWait: () => void }} options @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(path, { onWait }, work) {
  for (let isFirst = true; !take(path); isFirst = false) {
    if (isFirst) onWait()
    await sleep(200)
  }
  try {
    return await work()
  } finally {
    rmSync(path, { force: true })
  }
}

/** @param {string} path */
function take(path) {
  return create(path) || (discardAbandoned(path) && create(path))
}

/** @param {string} path */
function create(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
    return false
  }
}

/** @param {string} path */
function discardAbandoned(path) {
  try {
    const owner = readFileSync(path, 'utf8')
    return isAbandoned(owner, statSync(path).mtimeMs) && discard(path, owner)
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
    return true
  }
}

/** @param {string} owner @param {number} takenAt */
function isAbandoned(owner, takenAt) {
  const machineStartedAt = Date.now() - uptime() * 1000
  if (takenAt < machineStartedAt) return true
  const isBeingWritten = owner === '' && Date.now() - takenAt < 5_000
  return !isBeingWritten && !isAlive(Number(owner))
}

/** @param {number} pid */
function isAlive(pid) {
  if (!pid) return false
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

/**
 * Another waiter may have taken the lock over since it was read: then it is put back.
 * @param {string} path @param {string} owner
 */
function discard(path, owner) {
  const aside = `${path}.${process.pid}`
  renameSync(path, aside)
  const isTheSame = readFileSync(aside, 'utf8') === owner
  if (isTheSame) rmSync(aside)
  else renameSync(aside, path)
  return isTheSame
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined
}
