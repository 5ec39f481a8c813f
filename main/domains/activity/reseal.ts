import type { Connection } from '../../database/open.ts'
import { beginning, eraseSeal, type Line, macOf, partsOf, type Seal, seal } from './chain.ts'

interface Sealed {
  chain: number
  sequence: number
  parts: string
  id: number
  organizationId: number | null
  userId: number | null
  action: string
  resource: string | null
  resourceId: number | null
  details: string | null
  ipAddress: string | null
  userAgent: string | null
  at: string
}

const page = 1000

/**
 * Seals every line anew, because the numbers in them have become others. Only after all of them were verified, and where
 * the triggers that hold the log have let go.
 */
export function resealChains(connection: Connection, key: Buffer) {
  const chains = connection.prepare<[], number>('SELECT DISTINCT chain FROM activity_chain').pluck().all()
  const select = connection.prepare<[number, number], Sealed>(
    `SELECT chain, sequence, parts, l.id, organization_id AS organizationId,
      coalesce(l.user_id, activity_chain.user_id) AS userId, action,
      resource_type AS resource, resource_id AS resourceId, details, ip_address AS ipAddress, user_agent AS userAgent,
      created_at AS at
    FROM activity_chain JOIN activity_logs l ON l.id = activity_id
    WHERE chain = ? AND sequence > ? ORDER BY sequence LIMIT ${page}`,
  )
  const write = connection.prepare('UPDATE activity_chain SET parts = ?, mac = ? WHERE chain = ? AND sequence = ?')
  for (const chain of chains) {
    let previous = beginning
    for (let rows = select.all(chain, 0); rows.length > 0; rows = select.all(chain, rows.at(-1)?.sequence ?? 0)) {
      for (const row of rows) {
        const { seals, mac } = sealed(key, previous, row)
        write.run(JSON.stringify(seals), mac, row.chain, row.sequence)
        previous = mac
      }
    }
  }
}

function sealed(key: Buffer, previous: string, { chain, sequence, parts, details, ...rest }: Sealed) {
  const line: Line = { ...rest, details: details === null ? null : JSON.parse(details) }
  const before: Seal[] = JSON.parse(parts)
  const link = { chain, sequence }
  const seals = partsOf(line).map((part, index) => {
    const old = before[index]
    return old && old[0] === null ? eraseSeal(key, link, index, old) : seal(part)
  })
  return { seals, mac: macOf(key, previous, line, { ...link, seals }) }
}
