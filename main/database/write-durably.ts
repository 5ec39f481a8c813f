import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** Replaces the file as a whole, readable by its owner only; when this returns, the text survives a power cut. */
export function writeDurably(path: string, text: string | Buffer) {
  const temporary = `${path}.new`
  const bytes = Buffer.from(text)
  const file = openSync(temporary, 'w', 0o600)
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written)
  fsyncSync(file)
  closeSync(file)
  renameSync(temporary, path)
  syncFolder(dirname(path))
}

/** Makes a rename or a new file survive a power cut. Windows has no such call and needs none. */
export function syncFolder(folder: string) {
  if (process.platform === 'win32') return
  const handle = openSync(folder, 'r')
  fsyncSync(handle)
  closeSync(handle)
}
