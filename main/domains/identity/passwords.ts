import { hash, verify } from '@node-rs/bcrypt'

/** No password has this hash; for people who do not sign in. */
export const noPassword = '!'

export interface Passwords {
  /** At most 72 bytes, which the contract makes sure of. */
  hash(password: string): Promise<string>
  /** For PINs and pictures, at a cost that signs a whole class in at once. */
  hashShort(secret: string): Promise<string>
  /** Takes as long for an unknown account as for a wrong password. */
  match(password: string, passwordHash: string | undefined): Promise<boolean>
}

/**
 * 60 ms: a class of 60 at once takes two seconds on two cores, where cost 12 would take eight. No cost makes 10,000 PINs
 * safe from somebody who has the hashes; the encryption of the file keeps those, and the pauses after wrong tries keep the
 * PINs.
 */
const shortSecretCost = 10

/** bcrypt with 2^`cost` rounds, off the main thread; 12 take about a quarter of a second on a small laptop. */
export function bcryptPasswords(cost = 12): Passwords {
  const decoy = hash('nobody types this', { cost })
  return {
    hash: (password) => hash(password, { cost, rejectLongPasswords: true }),
    hashShort: (secret) => hash(secret, { cost: Math.min(cost, shortSecretCost) }),
    async match(password, passwordHash) {
      const isReal = passwordHash !== undefined && passwordHash !== noPassword
      const matches = await verify(password, isReal ? passwordHash : await decoy)
      return isReal && matches
    },
  }
}
