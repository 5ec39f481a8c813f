import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

/** Replaces the file as a whole, readable by its owner only; when this returns, the text survives a power cut. */
export function writeDurably(path: string, text: string | Buffer) {
  const temporary = `${path}.new`
  const bytes = Buffer.from(text)
  const file = openSync(temporary, 'w', 0o600)
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(temporary, path)
  syncFolder(dirname(path))
}

/** Makes a folder for its owner alone, and those above it; when this returns, their names survive a power cut. */
export function makeFolder(folder: string) {
  const highest = mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (highest === undefined) return
  for (let made = resolve(folder); made.length >= resolve(highest).length; made = dirname(made)) {
    syncFolder(dirname(made))
  }
}

/** Makes a rename or a new file survive a power cut. Windows has no such call and needs none. */
export function syncFolder(folder: string) {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
