import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'
import type { Envelope } from './wire.ts'

/** RFC 8410, section 7: what stands before the 32 bytes of an Ed25519 private key in PKCS #8. */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex')

/** The private key of a site from 32 random bytes, as it is kept. */
export function privateKeyFrom(seed: Buffer): string {
  return Buffer.concat([pkcs8Head, seed]).toString('base64')
}

/** What the centre is told of it: SubjectPublicKeyInfo in base64. */
export function publicKeyOf(privateKey: string): string {
  return createPublicKey(keyObject(privateKey)).export({ type: 'spki', format: 'der' }).toString('base64')
}

export function signedWith(privateKey: string, text: string): string {
  return sign(null, Buffer.from(text), keyObject(privateKey)).toString('base64')
}

function keyObject(privateKey: string): KeyObject {
  return createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' })
}

export function envelopeOf(privateKey: string, previous: string, head: string, body: string): Envelope {
  const hash = createHash('sha256').update(previous).update(head).update(body).digest('hex')
  return { head, body, hash, signature: signedWith(privateKey, hash) }
}
