import { newPassword, scramVerifier } from '../sync/scram.ts'
import type { CentreClient } from './enrolment.ts'

export interface Login {
  site: number
  organization: string
  machine: string
  role: string
  until: string | null
  isOver: boolean
}

/** Lets a device sign in to PostgreSQL itself. Another password than before; undefined: there is no such device. */
export async function openLogin(client: CentreClient, site: number, until: Date) {
  const password = newPassword()
  const { rows } = await client.query<{ reply: { machine: string; role: string } | null }>(
    'SELECT sync.open_login($1, $2, $3) AS reply',
    [site, scramVerifier(password), until],
  )
  const reply = rows[0]?.reply
  return reply ? { ...reply, password } : undefined
}

export async function loginsOf(client: CentreClient, organizationId: number | null): Promise<Login[]> {
  const { rows } = await client.query<{ reply: Login[] }>('SELECT sync.logins($1) AS reply', [organizationId])
  return rows[0]?.reply ?? []
}

/** Ends its sessions too; false: it did not sign in here. */
export async function closeLogin(client: CentreClient, site: number): Promise<boolean> {
  const close = async () =>
    (await client.query<{ reply: boolean }>('SELECT sync.close_login($1) AS reply', [site])).rows[0]?.reply ?? false
  const wasOpen = await close()
  // Whoever signed in anew before the first of the two was committed.
  if (wasOpen) await close()
  return wasOpen
}
