import { randomUUID } from 'node:crypto'

/** Reserved for ever by RFC 2606, so nobody can own an address in it. */
const nowhere = '@no-email.invalid'

/** users.email is NOT NULL and unique, but many beneficiaries have no e-mail: they get an address that leads nowhere. */
export function storedEmail(email: string | null): string {
  return email ?? `${randomUUID()}${nowhere}`
}

export function wireEmail(email: string): string | null {
  return email.endsWith(nowhere) ? null : email
}
