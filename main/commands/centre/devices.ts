import { MachineName } from '../../../shared/contract/sync.ts'
import { devicesOf, organizationNamed, readmitSite, renameSite, revokeSite } from '../../centre/enrolment.ts'
import { anchorCode } from '../../domains/activity/anchor-code.ts'
import type { Options } from '../catalog.ts'
import { WrongUsage } from '../exit.ts'
import { required, wholeNumber } from '../options.ts'
import { atCentre, databaseUrl } from './database.ts'

/**
 * Prints one line of JSON for each device: who it is, how far behind, when it was last there, and the end of its activity
 * log as the device itself prints it, to compare there.
 */
export async function centreDevices(options: Options) {
  await atCentre(databaseUrl(options), async (client) => {
    const organization = options.organization ? await organizationNamed(client, options.organization) : null
    const devices = await devicesOf(client, organization)
    const lines = devices.map((device) => ({ ...device, anchor: device.anchor && anchorCode(device.anchor) }))
    process.stdout.write(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
  })
}

/** Calls a device otherwise, there and wherever its name is shown. */
export async function centreRename(options: Options) {
  const site = wholeNumber(options, 'site', 1, 2 ** 21 - 1)
  const name = machineName(options)
  await atCentre(databaseUrl(options), async (client) => {
    const renamed = await renameSite(client, site, name)
    if (!renamed) throw noDevice(site)
    process.stdout.write(
      `Renamed: ${renamed.machine} (${site}) is now ${name}. The others hear of it when they are next in touch.\n`,
    )
  })
}

/** Ends what a device may do at once; it locks when it is next in touch. */
export async function centreRevoke(options: Options) {
  const site = wholeNumber(options, 'site', 1, 2 ** 21 - 1)
  await atCentre(databaseUrl(options), async (client) => {
    const revoked = await revokeSite(client, site)
    if (!revoked) throw noDevice(site)
    process.stdout.write(`Revoked: ${revoked.machine} (${site}). It locks when it is next in touch.\n`)
  })
}

/** Takes a revocation back; what the device had not sent yet comes with its next exchange. */
export async function centreReadmit(options: Options) {
  const site = wholeNumber(options, 'site', 1, 2 ** 21 - 1)
  await atCentre(databaseUrl(options), async (client) => {
    const readmitted = await readmitSite(client, site)
    if (!readmitted) throw noDevice(site)
    process.stdout.write(
      `Let in again: ${readmitted.machine} (${site}). It opens when BDC is started there with a network, and sends what it had not sent.\n`,
    )
  })
}

function machineName(options: Options): string {
  const { data } = MachineName.safeParse(required(options, 'name'))
  if (data === undefined)
    throw new WrongUsage('--name takes what the device is to be called: one line of 1 to 100 characters.')
  return data
}

function noDevice(site: number): Error {
  return new Error(`The centre has no device with the number ${site}: "centre devices" lists them.`)
}
