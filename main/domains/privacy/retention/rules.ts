import * as z from 'zod'
import type { Id } from '../../../../shared/contract/base.ts'
import { Months, RetentionSubject } from '../../../../shared/contract/privacy.ts'
import type { Reader, Writer } from '../../../database/database.ts'
import { organizationById, setOrganizationSettings } from '../../organizations/queries.ts'
import { defaultMonths } from '../annotations.ts'

/** The `retention` part of an organization's settings: what it says otherwise than the annotations. */
const Stored = z.partialRecord(RetentionSubject, Months).catch({})
export type RetentionRules = Record<RetentionSubject, number | null>

const All = z.record(z.string(), z.json()).catch({})

export async function retentionRules(db: Reader, organizationId: Id): Promise<RetentionRules> {
  const organization = await organizationById(db, organizationId)
  return { ...defaultMonths, ...Stored.parse(All.parse(organization?.settings)['retention'] ?? {}) }
}

/** Changes these and leaves everything else in the organization's settings as it is. */
export async function changeRetentionRules(
  db: Writer,
  organizationId: Id,
  changes: Partial<RetentionRules>,
  now: string,
) {
  const organization = await organizationById(db, organizationId)
  const all = All.parse(organization?.settings)
  const retention = { ...Stored.parse(all['retention'] ?? {}), ...changes }
  await setOrganizationSettings(db, organizationId, { ...all, retention }, now)
}

/** The same day so many months earlier, or the last of that month; in UTC, as all times in the database. */
export function monthsBefore(now: string, months: number): string {
  const at = new Date(now)
  const day = at.getUTCDate()
  at.setUTCDate(1)
  at.setUTCMonth(at.getUTCMonth() - months)
  const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate()
  at.setUTCDate(Math.min(day, last))
  return at.toISOString()
}
