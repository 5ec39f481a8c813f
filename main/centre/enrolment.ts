import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { codeLetters, invitationText } from '../../shared/invitation.ts'
import { checkLetter, grouped, lettersOf } from '../../shared/spoken-code.ts'
import type { Anchor } from '../domains/activity/verify.ts'

/** What is needed of a connection to the central database. */
export type CentreClient = Pick<pg.Client, 'query'>

export const scopes = ['organization', 'trainer', 'kiosk'] as const

export interface Invited {
  organizationId: number
  scope: (typeof scopes)[number]
  /** The address of the trainer whose people a device of the scope `trainer` gets. */
  trainer: string | null
  /** Where PostgreSQL itself takes the device; without it, and until it answers there, it comes by the gateway. */
  direct?: OfferedWay | undefined
}

export interface OfferedWay {
  /** As the certificate of PostgreSQL names it. */
  host: string
  port: number
  /** PEM; null: a public authority vouches for PostgreSQL. */
  authority: string | null
  /** How long the password of the device is good for. */
  days: number
}

type InviteReply = { address: string; authority: string | null } | { trainerMissing: true }

export interface Device {
  site: number
  organization: string
  scope: string
  trainer: string | null
  machine: string
  app: string
  schema: number
  enrolledAt: string
  lastSeenAt: string | null
  /** Rows of the feed that it has not read yet. */
  behind: number
  revokedAt: string | null
  /** Where its activity log ended when it was longest. */
  anchor: Anchor | null
  anchoredAt: string | null
  /** Since when its log does not hold any more what it held then. */
  anchorLostAt: string | null
}

/** Makes a code that lets one device in within ten minutes, and says the text of its QR code. */
export async function invite(client: CentreClient, invited: Invited): Promise<{ code: string; text: string }> {
  const letters = lettersOf(randomBytes(codeLetters))
  const code = letters + checkLetter(letters)
  const { organizationId, scope, trainer, direct = null } = invited
  const gateway = await only<InviteReply>(client, 'SELECT sync.invite($1, $2, $3, $4, $5) AS reply', [
    organizationId,
    scope,
    trainer,
    code,
    direct,
  ])
  if (!gateway)
    throw new Error('The gateway has never run: "centre start" says where devices reach it. Start it first.')
  if ('trainerMissing' in gateway) {
    throw new Error(`The organization has no trainer with the address ${JSON.stringify(trainer)}.`)
  }
  return { code: grouped(code), text: invitationText({ origin: gateway.address, code, authority: gateway.authority }) }
}

/** Where invitations lead to from now on. */
export async function announceGateway(client: CentreClient, address: string, authority: string | null) {
  await client.query('SELECT sync.announce_gateway($1, $2)', [address, authority])
}

export async function devicesOf(client: CentreClient, organizationId: number | null): Promise<Device[]> {
  return (await only<Device[]>(client, 'SELECT sync.devices($1) AS reply', [organizationId])) ?? []
}

/** Undefined: there is no such device. */
export async function revokeSite(client: CentreClient, site: number): Promise<{ machine: string } | undefined> {
  const revoked = await only<{ machine: string } | null>(client, 'SELECT sync.revoke($1) AS reply', [site])
  // Whoever signed in to PostgreSQL itself before that was committed.
  if (revoked) await client.query('SELECT sync.close_login($1)', [site])
  return revoked ?? undefined
}

/** What the device was called before; undefined: there is no such device. */
export async function renameSite(client: CentreClient, site: number, name: string) {
  return (
    (await only<{ machine: string } | null>(client, 'SELECT sync.rename($1, $2) AS reply', [site, name])) ?? undefined
  )
}

/** Undefined: there is no such device. */
export async function readmitSite(client: CentreClient, site: number): Promise<{ machine: string } | undefined> {
  return (await only<{ machine: string } | null>(client, 'SELECT sync.readmit($1) AS reply', [site])) ?? undefined
}

/** How many bytes of documents an organization may keep at the centre. */
export async function setRoom(client: CentreClient, organizationId: number, bytes: number) {
  await client.query('SELECT sync.set_room($1, $2)', [organizationId, bytes])
}

/** The number of the one organization of this name. */
export async function organizationNamed(client: CentreClient, name: string): Promise<number> {
  const [found, ...others] = await organizationsNamed(client, name)
  if (found === undefined)
    throw new Error(`The centre has no organization ${JSON.stringify(name)}: "centre invite --new yes" makes it.`)
  if (others.length > 0) throw new Error(`Several organizations are called ${JSON.stringify(name)}.`)
  return found
}

/** @throws where there is one of this name already */
export async function newOrganization(client: CentreClient, name: string): Promise<number> {
  if ((await organizationsNamed(client, name)).length > 0) {
    throw new Error(`The centre has an organization ${JSON.stringify(name)} already: leave out --new.`)
  }
  return Number(await only<string>(client, 'SELECT sync.create_organization($1) AS reply', [name]))
}

/** All of them where no name is asked for. */
export async function organizationsNamed(client: CentreClient, name: string | null): Promise<number[]> {
  const found = await only<string[]>(client, 'SELECT sync.organizations_named($1) AS reply', [name])
  return (found ?? []).map(Number)
}

async function only<T>(client: CentreClient, statement: string, values: unknown[]): Promise<T | undefined> {
  const { rows } = await client.query<{ reply: T }>(statement, values)
  return rows[0]?.reply
}
