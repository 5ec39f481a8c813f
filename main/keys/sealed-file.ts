import * as z from 'zod'
import { keyOfPassphrase, ordinaryCost, PassphraseCost } from './passphrase.ts'
import { derive, seal, unseal } from './seal.ts'
import { newSalt } from './slots.ts'

/** First line of every sealed file; says to whoever opens it in an editor what it is. */
const magic = 'BDC sealed file 1: open it with "bdc decrypt"'

const Head = z.object({ salt: z.base64(), cost: PassphraseCost })

/** The passphrase does not open the file, or a byte of it was changed: the cipher cannot tell which. */
export class CannotUnseal extends Error {
  override name = 'CannotUnseal'

  constructor() {
    super(
      'This passphrase does not open this file, or the file is damaged. Check the passphrase, or copy the file again.',
    )
  }
}

/**
 * A file for a stick that may be lost: two lines of text and then AES-256-GCM under argon2id of a passphrase, all from what
 * Node has. The head is under the seal too, and the name of the file is inside.
 */
export async function sealFile(
  { fileName, bytes }: { fileName: string; bytes: Uint8Array },
  passphrase: string,
  cost: PassphraseCost = ordinaryCost,
): Promise<Buffer> {
  const salt = newSalt()
  const head = Buffer.from(`${magic}\n${JSON.stringify({ salt: salt.toString('base64'), cost })}\n`)
  const key = derive(await keyOfPassphrase(passphrase, salt, cost), 'bdc sealed file')
  const name = Buffer.from(fileName)
  const length = Buffer.alloc(2)
  length.writeUInt16BE(name.length)
  return Buffer.concat([head, seal(Buffer.concat([length, name, bytes]), key, head)])
}

/** @throws {CannotUnseal} */
export async function unsealFile(sealed: Buffer, passphrase: string): Promise<{ fileName: string; bytes: Buffer }> {
  const { head, salt, cost, rest } = headOf(sealed)
  const key = derive(await keyOfPassphrase(passphrase, salt, cost), 'bdc sealed file')
  const plain = unseal(rest, key, head)
  if (!plain) throw new CannotUnseal()
  const end = 2 + plain.readUInt16BE()
  return { fileName: plain.subarray(2, end).toString(), bytes: plain.subarray(end) }
}

function headOf(sealed: Buffer) {
  const first = sealed.indexOf('\n')
  const second = sealed.indexOf('\n', first + 1)
  if (sealed.subarray(0, Math.max(0, first)).toString() !== magic || second < 0 || second > 1000) {
    throw new Error('This is no sealed file of BDC.')
  }
  try {
    const { salt, cost } = Head.parse(JSON.parse(sealed.subarray(first + 1, second).toString()))
    const head = sealed.subarray(0, second + 1)
    return { head, salt: Buffer.from(salt, 'base64'), cost, rest: sealed.subarray(second + 1) }
  } catch {
    throw new CannotUnseal()
  }
}
