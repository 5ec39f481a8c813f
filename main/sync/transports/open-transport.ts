import { createPrivateKey } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { systemClock } from '../../clock.ts'
import type { Connection } from '../../database/open.ts'
import type { Transport } from '../wire.ts'
import { httpsTransport } from './https.ts'
import { pgTransport } from './pg.ts'

/** Where the centre of a database is, and who the database is there. */
interface Way {
  /** `https://centre.example:4190` or `postgres://bdc_site_12:…@centre.example:5432/bdc` */
  address: string
  /** PEM of the centre's own authority; null: a certificate that this computer verifies by itself. */
  authority: string | null
  /** PKCS #8 in base64. */
  privateKey: string
}

/** The way to the centre that this database belongs to; undefined where it belongs to none. */
export function openTransport(connection: Connection): Transport | undefined {
  const way = connection
    .prepare<[], Way>('SELECT address, authority, private_key AS privateKey FROM sync_way, sync_state')
    .get()
  if (!way) return undefined
  const { address, authority, privateKey } = way
  const { protocol } = new URL(address)
  if (protocol !== 'https:') return pgTransport({ ...postgresPlace(address), authority })
  // A database that was restored goes on as another site.
  const site = connection.prepare<[], number>('SELECT site FROM local_site').pluck()
  return httpsTransport({
    origin: address,
    authority,
    site: () => site.get() ?? 0,
    privateKey: createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' }),
    now: () => systemClock.now().getTime(),
    wait,
  })
}

function postgresPlace(address: string) {
  const { hostname: host, port, pathname, username, password } = new URL(address)
  return {
    host,
    port: Number(port || 5432),
    database: decodeURIComponent(pathname.slice(1)),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
  }
}
