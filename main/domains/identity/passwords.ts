import { hash, verify } from '@node-rs/bcrypt'
import { passwordQueue } from './password-queue.ts'

/** No password has this hash; for people who do not sign in. */
export const noPassword = '!'

export interface Passwords {
  /** At most 72 bytes, which the contract makes sure of. */
  hash(password: string): Promise<string>
  /** For PINs and pictures, at a cost that signs a whole class in at once. */
  hashShort(secret: string): Promise<string>
  /** Takes as long for an unknown account, or a hash of a lower cost, as for a wrong password. */
  match(password: string, passwordHash: string | undefined): Promise<boolean>
  /** The same for PINs and pictures, which are all hashed at one cost. */
  matchShort(secret: string, secretHash: string | undefined): Promise<boolean>
  /** A new hash of a password that matches, where the stored one costs less than today's; undefined when it may stay. */
  renew(password: string, passwordHash: string): Promise<string | undefined>
}

/**
 * 60 ms: a class of 60 at once takes two seconds on two cores, where cost 12 would take eight. No cost makes 10,000 PINs
 * safe from somebody who has the hashes; the encryption of the file keeps those, and the pauses after wrong tries keep the
 * PINs.
 */
const shortSecretCost = 10

/** bcrypt reads so many bytes and ignores the rest, so that nothing longer may match. */
const longestBytes = 72

/** Two leave the other threads of the pool to the disk; a hundred that wait take about twelve seconds. */
const limits = { atOnce: 2, waiting: 100 }

/** bcrypt with 2^`cost` rounds, off the main thread; 12 take about a quarter of a second on a small laptop. */
export function bcryptPasswords(cost = 12, { atOnce, waiting } = limits): Passwords {
  const inTurn = passwordQueue({ atOnce, waiting })
  const decoyOf = decoys()
  // Made before the first visitor, who would otherwise wait for it and so learn that an account is unknown.
  void decoyOf(cost)
  const hashAt = (secret: string, own: number) => inTurn(() => hash(secret, { cost: own, rejectLongPasswords: true }))
  return {
    hash: (password) => hashAt(password, cost),
    hashShort: (secret) => hashAt(secret, Math.min(cost, shortSecretCost)),
    match: (password, passwordHash) => inTurn(() => compare(password, passwordHash, cost, decoyOf)),
    matchShort: (secret, secretHash) =>
      inTurn(() => compare(secret, secretHash, costOf(secretHash) ?? Math.min(cost, shortSecretCost), decoyOf)),
    async renew(password, passwordHash) {
      const own = costOf(passwordHash)
      return own === undefined || own >= cost ? undefined : hashAt(password, cost)
    },
  }
}

type Decoys = (cost: number) => Promise<string>

/** A cheaper hash is made up for with decoys: 2^own + 2^own + … + 2^(cost - 1) rounds are 2^cost. */
async function compare(password: string, passwordHash: string | undefined, cost: number, decoyOf: Decoys) {
  const own = costOf(passwordHash)
  if (passwordHash === undefined || own === undefined) {
    await verify(password, await decoyOf(cost))
    return false
  }
  const matches = await verify(password, passwordHash)
  if (matches) return Buffer.byteLength(password) <= longestBytes
  for (let padding = own; padding < cost; padding++) await verify(password, await decoyOf(padding))
  return false
}

/** Undefined for what is no bcrypt hash, such as that of people who do not sign in. */
function costOf(passwordHash: string | undefined): number | undefined {
  const [, cost] = /^\$2[aby]\$(\d\d)\$/.exec(passwordHash ?? '') ?? []
  return cost === undefined ? undefined : Number(cost)
}

function decoys(): Decoys {
  const made = new Map<number, Promise<string>>()
  return (cost) => {
    const decoy = made.get(cost) ?? hash('nobody types this', { cost })
    made.set(cost, decoy)
    return decoy
  }
}
