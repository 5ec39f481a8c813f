import type { Id } from '../../../../shared/contract/base.ts'
import type { Clock } from '../../../clock.ts'
import type { DatabaseFile, Reader, Writer } from '../../../database/database.ts'
import type { Place } from '../queries.ts'
import { type Certified, newAuthority, newServerCertificate } from './issue.ts'

/** What is closer to its end than this is made anew, so that nothing expires within a session or a school year. */
const authorityMarginMs = 400 * 24 * 3_600_000
const serverMarginMs = 30 * 24 * 3_600_000

export interface RoomCertificates {
  /** The centre's authority on this machine; made when there is none that lasts. */
  authority(organizationId: Id): Promise<Certified>
  /** The same for the same place, also after a restart: kiosks go by its fingerprint. */
  server(organizationId: Id, place: Place): Promise<Certified>
}

export function roomCertificates(database: Pick<DatabaseFile, 'reader' | 'write'>, clock: Clock): RoomCertificates {
  async function authority(organizationId: Id) {
    const wanted = { organizationId, kind: 'authority' as const, hosts: '' }
    return (
      (await lasting(wanted, authorityMarginMs)) ??
      keepFirst(wanted, authorityMarginMs, await newAuthority(clock.now()))
    )
  }

  async function lasting(wanted: Wanted, marginMs: number, db: Reader = database.reader) {
    const kept = await certificateOf(db, wanted)
    if (kept === undefined) return undefined
    return Date.parse(kept.expiresAt) - clock.now().getTime() > marginMs ? kept : undefined
  }

  /** Of two that were made in the same moment the first one stays, as it may be on its way to a device. */
  function keepFirst(wanted: Wanted, marginMs: number, made: Certified) {
    return database.write(async (db) => {
      const first = await lasting(wanted, marginMs, db)
      if (first) return first
      await putCertificate(db, wanted, made)
      return made
    })
  }

  return {
    authority,
    async server(organizationId, place) {
      const issuer = await authority(organizationId)
      const wanted = { organizationId, kind: 'server' as const, hosts: `${place.address} ${place.name}` }
      const kept = await lasting(wanted, serverMarginMs)
      if (kept?.certificate.endsWith(issuer.certificate)) return kept
      const made = await newServerCertificate(issuer, place, clock.now())
      await database.write((db) => putCertificate(db, wanted, made))
      return made
    },
  }
}

interface Wanted {
  organizationId: Id
  kind: 'authority' | 'server'
  hosts: string
}

function certificateOf(db: Reader, { organizationId, kind, hosts }: Wanted) {
  return db
    .selectFrom('room_certificates')
    .select(['certificate', 'private_key as privateKey', 'expires_at as expiresAt'])
    .where('organization_id', '=', organizationId)
    .where('kind', '=', kind)
    .where('hosts', '=', hosts)
    .executeTakeFirst()
}

/** One of each kind: that of the last place gives way to the next. */
async function putCertificate(db: Writer, { organizationId, kind, hosts }: Wanted, made: Certified) {
  const columns = {
    hosts,
    certificate: made.certificate,
    private_key: made.privateKey,
    expires_at: made.expiresAt,
  }
  await db
    .insertInto('room_certificates')
    .values({ organization_id: organizationId, kind, ...columns })
    .onConflict((conflict) => conflict.columns(['organization_id', 'kind']).doUpdateSet(columns))
    .execute()
}
