import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import * as z from 'zod'
import { Site } from '../wire.ts'

/** What a device says of itself with every request, beside the body. */
export interface Signature {
  site: number
  /** Milliseconds since 1970, as the device believes the centre's clock to be. */
  time: number
  /** Never twice. */
  nonce: string
  /** Ed25519, base64. */
  signature: string
}

export interface Signed {
  /** With everything behind the `?`, so that nobody can turn one request into another. */
  path: string
  body: Buffer
}

const Headers = z.object({
  'bdc-site': z.coerce.number().pipe(Site),
  'bdc-time': z.coerce.number().pipe(z.int().nonnegative()),
  'bdc-nonce': z.string().regex(/^[\w-]{22}$/),
  'bdc-signature': z.string().regex(/^[A-Za-z0-9+/]{86}==$/),
})

export function signatureOf(request: Signed, by: Omit<Signature, 'signature'>, key: KeyObject): Signature {
  return { ...by, signature: sign(null, textOf(request, by), key).toString('base64') }
}

export function isSignedBy(publicKey: KeyObject, request: Signed, by: Signature): boolean {
  return verify(null, textOf(request, by), publicKey, Buffer.from(by.signature, 'base64'))
}

export function headersOf({ site, time, nonce, signature }: Signature): Record<string, string> {
  return { 'bdc-site': String(site), 'bdc-time': String(time), 'bdc-nonce': nonce, 'bdc-signature': signature }
}

export function readSignature(headers: Record<string, unknown>): Signature | undefined {
  const read = Headers.safeParse(headers)
  if (!read.success) return undefined
  const { 'bdc-site': site, 'bdc-time': time, 'bdc-nonce': nonce, 'bdc-signature': signature } = read.data
  return { site, time, nonce, signature }
}

/** The key of a device as the centre keeps it: SPKI, base64. */
export function publicKeyOf(text: string): KeyObject {
  const key = createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' })
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`A device signs with Ed25519, not ${key.asymmetricKeyType}.`)
  return key
}

/** Whether an envelope is from the device whose key this is: its signature is over the text of its hash. */
export function isEnvelopeSignedBy(publicKey: KeyObject, { hash, signature }: { hash: string; signature: string }) {
  return verify(null, Buffer.from(hash), publicKey, Buffer.from(signature, 'base64'))
}

export function sha256(bytes: Buffer | string): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function textOf({ path, body }: Signed, { site, time, nonce }: Omit<Signature, 'signature'>): Buffer {
  return Buffer.from(['bdc-sync-1', path, site, time, nonce, sha256(body)].join('\n'))
}
