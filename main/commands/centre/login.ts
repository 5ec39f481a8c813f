import { organizationNamed } from '../../centre/enrolment.ts'
import { closeLogin, loginsOf, openLogin } from '../../centre/logins.ts'
import type { Options } from '../catalog.ts'
import { wholeNumber } from '../options.ts'
import { atCentre, databaseUrl } from './database.ts'

/** Devices that reach PostgreSQL itself, for a network without a gateway. */
export async function centreLogin(options: Options) {
  if (options.action === 'list') return list(options)
  const site = wholeNumber(options, 'site', 1, 2 ** 21 - 1)
  return options.action === 'add' ? add(options, site) : remove(options, site)
}

/** The password stands nowhere but here. */
async function add(options: Options, site: number) {
  const url = databaseUrl(options)
  const days = options.days === undefined ? 365 : wholeNumber(options, 'days', 1, 3650)
  const until = new Date(Date.now() + days * 86_400_000)
  const opened = await atCentre(url, (client) => openLogin(client, site, until))
  if (!opened) throw new Error(`The centre has no device ${site} that is not shut out: "centre devices" lists them.`)
  const { hostname, port, pathname } = new URL(url)
  const place = options.host ?? `${hostname}:${port || 5432}`
  const lines = [
    `postgres://${opened.role}:${opened.password}@${place}${pathname}`,
    '',
    `For ${opened.machine || `device ${site}`}, until ${until.toISOString().slice(0, 10)}. It is shown this once: enter it on the device under Sync, The way there,`,
    'together with the certificate of the authority behind this PostgreSQL, unless a public one vouches for it.',
    'A password from before no longer counts. pg_hba.conf has to let the role in: hostssl, scram-sha-256.',
  ]
  process.stdout.write(`${lines.join('\n')}\n`)
}

async function list(options: Options) {
  await atCentre(databaseUrl(options), async (client) => {
    const organization = options.organization ? await organizationNamed(client, options.organization) : null
    const logins = await loginsOf(client, organization)
    process.stdout.write(logins.map((login) => `${JSON.stringify(login)}\n`).join(''))
  })
}

async function remove(options: Options, site: number) {
  await atCentre(databaseUrl(options), async (client) => {
    if (!(await closeLogin(client, site))) throw new Error(`Device ${site} does not sign in to PostgreSQL itself.`)
    process.stdout.write(
      `Device ${site} reaches the centre by the gateway alone from now on; its sessions have ended.\n`,
    )
  })
}
