import { closeSync, copyFileSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { finishRestoredKeys } from '../keys/restored-keys.ts'
import { DataInUse, lockData } from './lock.ts'
import { syncFolder, writeDurably } from './write-durably.ts'

type OnPoint = (point: string) => void

/**
 * Puts the database file `source` in the place of the closed database at `path`. Once `<path>.return` is on the disk the
 * replacement happens, if need be at the next start: between losing its log and losing its name, the old file is no
 * database.
 */
export function replaceDatabase(path: string, source: string, onPoint: OnPoint = () => {}) {
  copyFileSync(source, replacementOf(path))
  decideReplacement(path, undefined, onPoint)
  finishReplacing(path, onPoint)
}

/** Where to write what shall take the place of the database at `path`; until it is decided, a start throws it away. */
export function replacementOf(path: string) {
  return `${path}.return.part`
}

/**
 * From here on the replacement is what the next start opens. `aside`, a name in the same folder, keeps the present database
 * with its log; without it, that is lost.
 */
export function decideReplacement(path: string, aside?: string, onPoint: OnPoint = () => {}) {
  syncFile(replacementOf(path))
  onPoint('return written')
  if (aside !== undefined) {
    writeDurably(asideOf(path), aside)
    onPoint('return noted')
  }
  renameSync(replacementOf(path), returnOf(path))
  syncFolder(dirname(path))
  onPoint('return decided')
}

/** Ends a replacement that the end of the process interrupted. To be called before the database is opened. */
export function finishReplacing(path: string, onPoint: OnPoint = () => {}) {
  for (const end of ['', '-journal', '-wal', '-shm']) rmSync(replacementOf(path) + end, { force: true })
  finishRestoredKeys(dirname(path), existsSync(returnOf(path)))
  if (existsSync(returnOf(path))) {
    if (existsSync(asideOf(path))) moveAside(path, join(dirname(path), basename(readAside(path))), onPoint)
    rmSync(`${path}-wal`, { force: true })
    rmSync(`${path}-shm`, { force: true })
    onPoint('return without log')
    renameSync(returnOf(path), path)
    onPoint('return renamed')
    syncFolder(dirname(path))
  }
  rmSync(asideOf(path), { force: true })
}

/**
 * The same before the keys are read, since those of the replacement may be other ones. Data that another BDC has open is
 * left to it.
 */
export function finishReplacingFirst(path: string) {
  if (!existsSync(returnOf(path))) return
  try {
    const lock = lockData(path)
    try {
      finishReplacing(path)
    } finally {
      lock.release()
    }
  } catch (error) {
    if (!(error instanceof DataInUse)) throw error
  }
}

/** The database and its log belong together and keep doing so under the other name. Begun again, it goes on where it was. */
function moveAside(path: string, aside: string, onPoint: OnPoint) {
  if (existsSync(path)) renameSync(path, aside)
  onPoint('aside renamed')
  if (existsSync(`${path}-wal`)) renameSync(`${path}-wal`, `${aside}-wal`)
  syncFolder(dirname(path))
  onPoint('aside complete')
}

export function syncFile(path: string) {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function readAside(path: string): string {
  return readFileSync(asideOf(path), 'utf8')
}

function returnOf(path: string) {
  return `${path}.return`
}

function asideOf(path: string) {
  return `${path}.return.aside`
}
