import { inOneWrite, type Replica } from './replica.ts'
import type { HelloReply, HelloRequest } from './wire.ts'

/** What hello says of names: the last that is known here, and what somebody here calls this computer since. */
export function ofNames({ prepared }: Replica): Pick<HelloRequest, 'names' | 'name'> {
  const { names, name } = prepared<{ names: number; name: string | null }>(
    'SELECT (SELECT coalesce(max(number), 0) FROM sync_machines) AS names, new_name AS name FROM sync_state',
  ).get() ?? { names: 0, name: null }
  return { names, ...(name !== null && { name }) }
}

/** Keeps what the centre calls the computers of the organization, so that a conflict says where something was written. */
export function keepNames(replica: Replica, { site, name }: HelloRequest, { names = [] }: HelloReply) {
  if (names.length === 0 && name === undefined) return
  const { prepared } = replica
  const keep = prepared(
    `INSERT INTO sync_machines (site, name, number) VALUES (?, ?, ?)
    ON CONFLICT (site) DO UPDATE SET name = excluded.name, number = excluded.number`,
  )
  inOneWrite(replica, () => {
    for (const told of names) keep.run(told.site, told.name, told.number)
    prepared(
      'UPDATE sync_state SET new_name = NULL WHERE new_name = (SELECT name FROM sync_machines WHERE site = ?)',
    ).run(site)
  })
}
