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
    const { text } = await invite(client, { organizationId, scope, trainer: options.trainer ?? null })
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
