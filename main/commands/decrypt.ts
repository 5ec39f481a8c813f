import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { safeFileName } from '../../shared/file-name.ts'
import { unsealFile } from '../keys/sealed-file.ts'
import type { Options } from './catalog.ts'
import { WrongUsage } from './exit.ts'
import { folder, required } from './options.ts'
import { passphraseOf } from './passphrase-option.ts'

/** Opens a file that was exported under a passphrase, into the folder `to`, and prints where it is. */
export async function decrypt(options: Options) {
  const path = resolve(required(options, 'file'))
  const to = folder(options, 'to')
  required(options, 'passphrase-file')
  if (!existsSync(path)) throw new WrongUsage(`--file names ${path}, which is not there.`)
  const { fileName, bytes } = await unsealFile(readFileSync(path), passphraseOf(options) ?? '')
  const place = join(to, safeFileName(fileName))
  // Never over something that is there.
  writeFileSync(place, bytes, { flag: 'wx', mode: 0o600 })
  process.stdout.write(`${place}\n`)
}
