import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs'
import { answerTo, heardRequest, spelledKey } from '../domains/identity/head-office.ts'
import type { Options } from './catalog.ts'
import { folder, required } from './options.ts'

/** Needs no data: head office has nothing of the centre but the request and whom it is for. */
export async function unlock(options: Options) {
  process.stdout.write(options.action === 'keygen' ? keygen(folder(options, 'key')) : signed(options))
}

/** Never over a key that is there: every centre that knows its public half would be cut off. */
function keygen(path: string): string {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const file = openNew(path)
  writeSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }).toString())
  fsyncSync(file)
  closeSync(file)
  return `${spelledKey(publicKey)}\n`
}

function openNew(path: string): number {
  try {
    return openSync(path, 'wx', 0o600)
  } catch (cause) {
    const isThere = (cause as NodeJS.ErrnoException).code === 'EEXIST'
    const why = isThere ? 'it is there already: choose another name' : 'the folder is missing or not yours to write to'
    throw new Error(`The key cannot be written to ${path}: ${why}.`, { cause })
  }
}

/** A line for each number: they are read out, or sent as one message. */
function signed(options: Options): string {
  const request = heardRequest(required(options, 'request'))
  if (!request)
    throw new Error('This is not a request: 13 letters and digits, one of which was misheard. Ask to read it again.')
  const lines = answerTo(request, required(options, 'email'), privateKey(folder(options, 'key')))
  return lines.map((line) => `${line.slice(0, 3)} ${line.slice(3, 6)} ${line.slice(6)}\n`).join('')
}

function privateKey(path: string): KeyObject {
  try {
    const key = createPrivateKey(readFileSync(path))
    if (key.asymmetricKeyType !== 'ed25519') throw new Error(`It is a key of the kind ${key.asymmetricKeyType}.`)
    return key
  } catch (cause) {
    throw new Error(`${path} holds no private key of "unlock keygen".`, { cause })
  }
}
