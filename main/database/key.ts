import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

export const keyLength = 32

/** Where the 32-byte database key is kept between starts: a file, or the keychain of the operating system. */
export interface KeyStore {
  load(): Promise<Buffer | undefined>
  save(key: Buffer): Promise<void>
}

/** A database without its key cannot be opened by anybody; a new key would only hide that. */
export class KeyMissing extends Error {
  override name = 'KeyMissing'

  constructor(databasePath: string) {
    super(
      `The database ${databasePath} is there but its key is not. Put the key back where it was (see "Where your data lives" in the README) and start again.`,
    )
  }
}

/** There is a key, but another one: the file was written with a different key, or is no database of BDC. */
export class KeyDoesNotFit extends Error {
  override name = 'KeyDoesNotFit'

  constructor(databasePath: string, options: ErrorOptions) {
    super(
      `The key does not open ${databasePath}. Put the key and the database of the same backup beside each other and start again. Nothing was changed.`,
      options,
    )
  }
}

/** The key in a file that only its owner can read; for hosts without a keychain. */
export function keyFile(path: string): KeyStore {
  return {
    async load() {
      if (!existsSync(path)) return undefined
      const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'hex')
      if (key.length !== keyLength) throw new Error(`The key file ${path} is damaged: restore it from a backup.`)
      return key
    },
    async save(key) {
      makeFolder(dirname(path))
      writeDurably(path, `${key.toString('hex')}\n`)
    },
  }
}

/** Makes a key only for a database that does not exist yet; the key is on the disk before the database is. */
export async function loadOrMakeKey(keys: KeyStore, databasePath: string): Promise<Buffer> {
  const known = await keys.load()
  if (known) return known
  if (existsSync(databasePath)) throw new KeyMissing(databasePath)

  const key = randomBytes(keyLength)
  await keys.save(key)
  return key
}

/** Replaces the file as a whole, readable by its owner only; when this returns, the text survives a power cut. */
export function writeDurably(path: string, text: string) {
  const temporary = `${path}.new`
  const file = openSync(temporary, 'w', 0o600)
  writeSync(file, text)
  fsyncSync(file)
  closeSync(file)
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
  fsyncSync(handle)
  closeSync(handle)
}
