import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const nonceLength = 12
const tagLength = 16

/** A key of 32 bytes for one purpose only. HKDF-SHA-256, RFC 5869. */
export function derive(secret: Buffer, purpose: string, salt: Buffer = Buffer.alloc(0)): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, purpose, 32))
}

/** AES-256-GCM: nonce, tag, text. `about` is not hidden, but what is sealed opens only beside the same. */
export function seal(plain: Buffer, key: Buffer, about: Buffer = Buffer.alloc(0)): Buffer {
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(about)
  const text = Buffer.concat([cipher.update(plain), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), text])
}

/** Undefined for whatever this key did not seal. */
export function unseal(sealed: Buffer, key: Buffer, about: Buffer = Buffer.alloc(0)): Buffer | undefined {
  if (sealed.length < nonceLength + tagLength) return undefined
  try {
    const nonce = sealed.subarray(0, nonceLength)
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength }).setAAD(about)
    decipher.setAuthTag(sealed.subarray(nonceLength, nonceLength + tagLength))
    return Buffer.concat([decipher.update(sealed.subarray(nonceLength + tagLength)), decipher.final()])
  } catch {
    return undefined
  }
}
