import encodeQR from 'qr'
import { invite, newOrganization, organizationNamed, scopes } from '../../centre/enrolment.ts'
import type { Options } from '../catalog.ts'
import { WrongUsage } from '../exit.ts'
import { oneOf, required } from '../options.ts'
import { atCentre, databaseUrl } from './database.ts'

/** Prints what a device needs to come in: as a QR code, and as the text that is in it. */
export async function centreInvite(options: Options) {
  const scope = options.scope ? oneOf(options, 'scope', scopes) : 'organization'
  if ((scope === 'trainer') !== (options.trainer !== undefined)) {
    throw new WrongUsage('--trainer ADDRESS goes with --scope trainer, and only with it.')
  }
  const name = required(options, 'organization')
  await atCentre(databaseUrl(options), async (client) => {
    const organizationId = await (options.new === 'yes' ? newOrganization : organizationNamed)(client, name)
    const trainerId = options.trainer ? await trainerOf(client, organizationId, options.trainer) : null
    const { text } = await invite(client, { organizationId, scope, trainerId })
    process.stdout.write(process.stdout.isTTY ? invitationOnPaper(text) : `${text}\n`)
  })
}

export function invitationOnPaper(text: string): string {
  return [
    encodeQR(text, 'term', { ecc: 'low', border: 2 }),
    text,
    '',
    'Valid for ten minutes, and for one device: on the device, open Sync and show it this code or paste the text.',
    '',
  ].join('\n')
}

type Client = Parameters<typeof organizationNamed>[0]

async function trainerOf(client: Client, organizationId: number, email: string): Promise<number> {
  const { rows } = await client.query<{ id: string }>(
    "SELECT id FROM users WHERE organization_id = $1 AND email = lower($2) AND role IN ('trainer', 'admin', 'super_admin')",
    [organizationId, email],
  )
  if (!rows[0]) throw new Error(`The organization has no trainer with the address ${JSON.stringify(email)}.`)
  return Number(rows[0].id)
}
