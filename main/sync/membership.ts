import * as z from 'zod'
import type { Replica } from './replica.ts'

/** How this database and its centre know each other: the one row of `sync_state`, with the site of `local_site`. */
export interface Membership {
  site: number
  /** The life before this one whose sealed envelopes go to the centre first. */
  former: number | null
  organizationId: number
  scope: 'organization' | 'trainer' | 'kiosk'
  incarnation: string
  spareSites: number[]
  privateKey: string
  clock: number
  change: number
  sealed: number
  acknowledged: number
  chain: string
  cursor: number
  page: number
  upto: number | null
  /** The last change here that the centre had when the pull began that is going on. */
  known: number
  history: string
  clockOffset: number
  status: 'ok' | 'upgrade' | 'revoked' | 'stuck'
}

const SpareSites = z.array(z.int().positive())

/** Undefined where the database belongs to no centre. */
export function membershipOf({ prepared }: Replica): Membership | undefined {
  const row = prepared<Omit<Membership, 'spareSites'> & { spareSites: string }>(
    `SELECT site, former_site AS former, organization_id AS organizationId, scope, incarnation, spare_sites AS spareSites, private_key AS privateKey,
      clock, change, sealed, acknowledged, chain, cursor, page, upto, known, history, clock_offset AS clockOffset, status
    FROM sync_state, local_site`,
  ).get()
  return row && { ...row, spareSites: SpareSites.parse(JSON.parse(row.spareSites)) }
}

/** @throws where the database belongs to no centre */
export function ownMembership(replica: Replica): Membership {
  const found = membershipOf(replica)
  if (!found) throw new Error('This database belongs to no centre.')
  return found
}
