import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import encodeQR from 'qr'
import { invite, newOrganization, type OfferedWay, organizationNamed, scopes } from '../../centre/enrolment.ts'
import { inTransaction } from '../../centre/transaction.ts'
import type { Options } from '../catalog.ts'
import { WrongUsage } from '../exit.ts'
import { folder, oneOf, required, wholeNumber } from '../options.ts'
import { atCentre, databaseUrl } from './database.ts'

/** Prints what a device needs to come in: as a QR code, and as the text that is in it. */
export async function centreInvite(options: Options) {
  const scope = options.scope ? oneOf(options, 'scope', scopes) : 'organization'
  if ((scope === 'trainer') !== (options.trainer !== undefined)) {
    throw new WrongUsage('--trainer ADDRESS goes with --scope trainer, and only with it.')
  }
  const direct = offeredWay(options)
  const name = required(options, 'organization')
  await atCentre(databaseUrl(options), async (client) => {
    // An organization that nobody can be invited to is not made.
    const { text } = await inTransaction(client, async () => {
      const organizationId = await (options.new === 'yes' ? newOrganization : organizationNamed)(client, name)
      return invite(client, { organizationId, scope, trainer: options.trainer ?? null, direct })
    })
    process.stdout.write(process.stdout.isTTY ? invitationOnPaper(text) : `${text}\n`)
  })
}

function offeredWay(options: Options): OfferedWay | undefined {
  const { direct } = options
  if (direct === undefined) {
    if (options.authority || options.days) throw new WrongUsage('--authority and --days go with --direct HOST:PORT.')
    return undefined
  }
  const url = URL.parse(`postgres://${direct}`)
  if (!url || url.hostname === '' || url.host !== direct) throw new WrongUsage('--direct is HOST:PORT.')
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || 5432),
    authority: options.authority ? certificateIn(folder(options, 'authority')) : null,
    days: options.days === undefined ? 365 : wholeNumber(options, 'days', 1, 3650),
  }
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

function certificateIn(path: string): string {
  try {
    const text = readFileSync(path, 'utf8')
    void new X509Certificate(text)
    return text
  } catch {
    throw new WrongUsage(`${path} is no certificate that can be read. --authority takes a file in PEM.`)
  }
}
