import * as z from 'zod'
import type { Id } from '../../../../shared/contract/base.ts'
import type { Reader, Writer } from '../../../database/database.ts'
import { organizationById, setOrganizationSettings } from '../../organizations/queries.ts'

/** What an organization is called at Google; the secret of a program on people's own computers keeps nobody out there. */
const Client = z.object({ clientId: z.string(), clientSecret: z.string().nullable() })
export type GoogleClient = z.infer<typeof Client>

/** Where Google answers; trials have a server of their own. */
export interface GoogleAddresses {
  consent: string
  token: string
  calendar: string
}

export const googleAddresses: GoogleAddresses = {
  consent: 'https://accounts.google.com/o/oauth2/v2/auth',
  token: 'https://oauth2.googleapis.com/token',
  calendar: 'https://www.googleapis.com/calendar/v3',
}

const All = z.record(z.string(), z.json()).catch({})

/** Undefined: nobody has told this organization to Google. */
export async function googleClient(db: Reader, organizationId: Id): Promise<GoogleClient | undefined> {
  const organization = await organizationById(db, organizationId)
  return Client.safeParse(All.parse(organization?.settings)['google']).data
}

/** Leaves everything else in the settings as it is. */
export async function setGoogleClient(db: Writer, organizationId: Id, client: GoogleClient | null, now: string) {
  const organization = await organizationById(db, organizationId)
  const { google: _, ...settings } = All.parse(organization?.settings)
  await setOrganizationSettings(db, organizationId, client ? { ...settings, google: client } : settings, now)
}
