import { hash, verify } from '@node-rs/bcrypt'

/** bcrypt's work factor: 2^12 rounds, about a quarter of a second on a small laptop. */
const cost = 12

/** No password has this hash; for people who do not sign in. */
export const noPassword = '!'

/** A hash of nothing that anybody types, so that an unknown address takes as long to refuse as a wrong password. */
const decoy = '$2b$12$C6UzMDM.H6dfI/f/IKcEeO7ZbVQeJ2Jmr2vH2Xb8w0bqXn5v9nQ7W'

/** Off the main thread. At most 72 bytes, which the contract makes sure of. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, { cost, rejectLongPasswords: true })
}

export async function passwordMatches(password: string, passwordHash: string | undefined): Promise<boolean> {
  if (passwordHash === undefined || passwordHash === noPassword) {
    await verify(password, decoy)
    return false
  }
  return verify(password, passwordHash)
}
