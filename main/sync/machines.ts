import { inOneWrite, type Replica } from './replica.ts'
import type { HelloReply } from './wire.ts'

/** The highest number of a computer whose name is known here. */
export function highestNamed({ prepared }: Replica): number {
  return prepared<number>('SELECT coalesce(max(site), 0) FROM sync_machines').pluck().get() ?? 0
}

/** Keeps what the centre calls the computers of the organization, so that a conflict says where something was written. */
export function keepNames(replica: Replica, machines: HelloReply['machines'] = []) {
  if (machines.length === 0) return
  const keep = replica.prepared(
    'INSERT INTO sync_machines (site, name) VALUES (?, ?) ON CONFLICT (site) DO UPDATE SET name = excluded.name',
  )
  inOneWrite(replica, () => {
    for (const { site, name } of machines) keep.run(site, name)
  })
}
