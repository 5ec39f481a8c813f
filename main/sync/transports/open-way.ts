import { createPrivateKey } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import type { Connection } from '../../database/open.ts'
import type { Transport } from '../wire.ts'
import { httpsTransport } from './https.ts'
import { pgTransport } from './pg.ts'

/** Where the centre of a database is, and who it is there; as it is kept beside what was agreed upon. */
export interface KnownWay {
  /** `https://centre.example:4190` or `postgres://bdc_site_12:…@centre.example:5432/bdc` */
  address: string
  /** PEM of the centre's own authority; null: a certificate that this computer verifies by itself. */
  authority: string | null
  site: number
  /** PKCS #8 in base64, as it stands in `sync_state`. */
  privateKey: string
}

/** Undefined where the database belongs to no centre. */
export function knownWay(connection: Connection): KnownWay | undefined {
  return connection
    .prepare<[], KnownWay>(
      `SELECT address, authority, site, private_key AS privateKey FROM sync_way, sync_state, local_site`,
    )
    .get()
}

export function openWay({ address, authority, site, privateKey }: KnownWay, now: () => number): Transport {
  const { protocol, hostname: host, port, pathname, username, password } = new URL(address)
  if (protocol === 'https:') {
    const key = createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' })
    return httpsTransport({ origin: address, authority, site, privateKey: key, now, wait })
  }
  return pgTransport({
    host,
    port: Number(port || 5432),
    database: decodeURIComponent(pathname.slice(1)),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    authority,
  })
}
