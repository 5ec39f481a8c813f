import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import type { Credentials } from '../../context.ts'
import { writeDurably } from '../../database/write-durably.ts'
import { describeError } from '../../domains/monitoring/anonymous-error.ts'

const nonceLength = 12
const tagLength = 16

/**
 * The session of the one window: in memory, so that it ends with the program, and a lasting one also on the disk, sealed
 * (AES-256-GCM) with a key derived from the database key, so that it is as safe as the data it opens.
 */
export function windowCredentials(path: string, databaseKey: Buffer): Credentials {
  const key = Buffer.from(hkdfSync('sha256', databaseKey, '', 'bdc lasting session', 32))
  let token = unseal(path, key)

  return {
    read: () => token,
    write(newToken, { lasting }) {
      token = newToken
      try {
        if (newToken !== undefined && lasting) writeDurably(path, seal(newToken, key))
        else rmSync(path, { force: true })
      } catch (error) {
        // The sign-in is committed already; it only will not outlive the program.
        console.warn('The session could not be kept for the next start:', describeError(error))
      }
    },
  }
}

function seal(token: string, key: Buffer): string {
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const text = Buffer.concat([cipher.update(token, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64')
}

/** Undefined for whatever this key did not seal: the user then signs in again. */
function unseal(path: string, key: Buffer): string | undefined {
  if (!existsSync(path)) return undefined
  try {
    const bytes = Buffer.from(readFileSync(path, 'utf8'), 'base64')
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceLength), { authTagLength: tagLength })
    decipher.setAuthTag(bytes.subarray(nonceLength, nonceLength + tagLength))
    return decipher.update(bytes.subarray(nonceLength + tagLength), undefined, 'utf8') + decipher.final('utf8')
  } catch {
    return undefined
  }
}
