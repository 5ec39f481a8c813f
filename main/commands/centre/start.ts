import { hostname, networkInterfaces } from 'node:os'
import { createSecureContext } from 'node:tls'
import pg from 'pg'
import { announceGateway } from '../../centre/enrolment.ts'
import { endLongTransactions, postgresCentre } from '../../centre/postgres-centre.ts'
import { rolesOf } from '../../centre/roles.ts'
import { tidy } from '../../centre/tidy.ts'
import { systemClock } from '../../clock.ts'
import { ownCertificate } from '../../hosts/centre/certificate.ts'
import { failureLine } from '../../hosts/centre/failure.ts'
import { type Gateway, startGateway } from '../../hosts/centre/gateway.ts'
import type { Options } from '../catalog.ts'
import { WrongUsage } from '../exit.ts'
import { fileText, folder, wholeNumber } from '../options.ts'
import { toldToStop } from '../told-to-stop.ts'
import { atCentre, databaseUrl } from './database.ts'

/** Prints one line of JSON when devices can come: `{"url":"https://192.168.1.10:4190","pid":4711}`. */
export async function centreStart(options: Options) {
  const stopped = toldToStop()
  const gateway = await openGateway({
    url: databaseUrl(options),
    port: wholeNumber(options, 'port', 0, 65_535),
    names: namesOf(options),
    certificate: await certificateOf(options),
  })
  process.stdout.write(`${JSON.stringify({ url: gateway.url, pid: process.pid })}\n`)
  await stopped
  await gateway.close()
}

interface GatewayPlace {
  /** As the role of the gateway. */
  url: string
  port: number
  /** The first is what invitations name. */
  names: readonly string[]
  certificate: { tls: { cert: string; key: string }; authority: string | null }
}

const longestTransactionS = 60
const sweepEveryMs = 20_000
/** Every organization once a day, whichever gateway comes first, at the hour at which the first one began. */
const [lookEveryMs, tidyAfterHours] = [60 * 60_000, 23]

/** Where it cannot be opened, nothing of it stays open. */
export async function openGateway({ url, port, names, certificate }: GatewayPlace): Promise<Gateway & { url: string }> {
  const { site: sites } = await atCentre(url, async (_client, prefix) => rolesOf(prefix))
  await using opening = new AsyncDisposableStack()
  const pool = new pg.Pool({ connectionString: url, max: 10, connectionTimeoutMillis: 10_000 })
  opening.defer(() => pool.end())
  // A connection that breaks while it rests is replaced by the next call.
  pool.on('error', () => undefined)
  const centre = postgresCentre(pool, (site) => `${sites}_${site}`)
  const { tls, authority } = certificate
  const gateway = await startGateway({ centre, clock: systemClock, tls, host: '0.0.0.0', port })
  opening.defer(() => gateway.close())
  const address = `https://${names[0]}:${gateway.port}`
  await atCentre(url, (client) => announceGateway(client, address, authority))
  const sweep = () => void endLongTransactions(pool, `${sites}_`, longestTransactionS).catch(() => undefined)
  const housekeeping = () =>
    void tidy(pool, tidyAfterHours).catch((error: unknown) => {
      // What an end interrupts goes on with the next start.
      if (pool.ending) return
      process.stderr.write(failureLine(systemClock.now(), 'The centre could not be tidied', error))
    })
  housekeeping()
  opening.adopt(setInterval(sweep, sweepEveryMs), clearInterval)
  opening.adopt(setInterval(housekeeping, lookEveryMs), clearInterval)
  const opened = opening.move()
  return { port: gateway.port, url: address, close: () => opened.disposeAsync() }
}

/** Under which devices may come: those that were named, or everything this machine is called in its networks. */
export function namesOf({ names }: Options): string[] {
  if (names) return names.split(',').map((name) => name.trim())
  const addresses = Object.values(networkInterfaces()).flatMap((network = []) =>
    network.filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address),
  )
  return [...addresses, hostname(), 'localhost', '127.0.0.1']
}

async function certificateOf(options: Options): Promise<GatewayPlace['certificate']> {
  const { cert, key } = options
  if (!cert && !key) return ownCertificate(folder(options, 'data'), namesOf(options), new Date())
  if (!cert || !key) throw new WrongUsage('--cert and --key go together: --help shows how.')
  const tls = { cert: fileText(options, 'cert'), key: fileText(options, 'key') }
  try {
    createSecureContext(tls)
  } catch (cause) {
    throw new WrongUsage('--cert takes a certificate, PEM, and --key the private key of that one.', { cause })
  }
  return { tls, authority: null }
}
