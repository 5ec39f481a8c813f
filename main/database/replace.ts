import { closeSync, copyFileSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { syncFolder } from './write-durably.ts'

/**
 * Puts the database file `source` in the place of the closed database at `path`. Once `<path>.return` is on the disk the
 * replacement happens, if need be at the next start: between losing its log and losing its name, the old file is no
 * database.
 */
export function replaceDatabase(path: string, source: string, onPoint: (point: string) => void = () => {}) {
  copyFileSync(source, partOf(path))
  syncFile(partOf(path))
  onPoint('return written')
  renameSync(partOf(path), returnOf(path))
  syncFolder(dirname(path))
  onPoint('return decided')
  finishReplacing(path, onPoint)
}

/** Ends a replacement that the end of the process interrupted. To be called before the database is opened. */
export function finishReplacing(path: string, onPoint: (point: string) => void = () => {}) {
  rmSync(partOf(path), { force: true })
  if (!existsSync(returnOf(path))) return

  rmSync(`${path}-wal`, { force: true })
  rmSync(`${path}-shm`, { force: true })
  onPoint('return without log')
  renameSync(returnOf(path), path)
  onPoint('return renamed')
  syncFolder(dirname(path))
}

export function syncFile(path: string) {
  const file = openSync(path, 'r+')
  fsyncSync(file)
  closeSync(file)
}

function returnOf(path: string) {
  return `${path}.return`
}

function partOf(path: string) {
  return `${path}.return.part`
}
