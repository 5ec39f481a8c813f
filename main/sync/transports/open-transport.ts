import { createPrivateKey } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { systemClock } from '../../clock.ts'
import type { Connection } from '../../database/open.ts'
import type { Transport } from '../wire.ts'
import { placeIn } from './direct-place.ts'
import { httpsTransport } from './https.ts'
import { pgTransport } from './pg.ts'

/** Where the centre of a database is, and who the database is there. */
interface Way {
  /** `https://centre.example:4190` */
  address: string
  /** PEM of the centre's own authority; null: a certificate that this computer verifies by itself. */
  authority: string | null
  /** `postgres://bdc_site_12:…@centre.example:5432/bdc`, where somebody has chosen that way. */
  direct: string | null
  directAuthority: string | null
  /** PKCS #8 in base64. */
  privateKey: string
}

/** The way to the centre that this database belongs to; undefined where it belongs to none. */
export function openTransport(connection: Connection): Transport | undefined {
  const way = connection
    .prepare<[], Way>(
      `SELECT address, authority, direct, direct_authority AS directAuthority, private_key AS privateKey
      FROM sync_way, sync_state`,
    )
    .get()
  if (!way) return undefined
  const { address, authority, direct, directAuthority, privateKey } = way
  // A database that was restored goes on as another site, once what its former life had sealed is at the centre.
  const ownSite = connection
    .prepare<[], number>('SELECT coalesce(former_site, site) FROM local_site LEFT JOIN sync_state')
    .pluck()
  const site = () => ownSite.get() ?? 0
  const place = direct === null ? undefined : placeIn(direct)
  if (place) return pgTransport({ ...place, user: () => place.userOf(site()), authority: directAuthority })
  return httpsTransport({
    origin: address,
    authority,
    site,
    privateKey: createPrivateKey({ key: Buffer.from(privateKey, 'base64'), format: 'der', type: 'pkcs8' }),
    now: () => systemClock.now().getTime(),
    wait,
  })
}
