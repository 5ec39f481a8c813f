import { registry } from '../../main/database/registry.ts'
import { agreeInThisThread } from '../../main/sync/thread.ts'
import type { Transport } from '../../main/sync/wire.ts'
import { organizationId, smallCentre } from '../sync/device/small-centre.ts'

/** Rows that this centre has for whoever comes. */
export const centreRows = 100_000

/** A way to a centre in the same thread that has much to give, without a network in between. */
function openTransport(): Transport {
  const centre = smallCentre()
  const at = '2026-11-26T10:00:00.000Z'
  for (let counter = 1; counter <= centreRows; counter += 1) {
    centre.put({
      table: registry.groups.number,
      id: 900 * 2 ** 32 + counter,
      values: {
        organization_id: organizationId,
        name: `Group ${counter} of a large centre`,
        description: 'Mornings, in the large room on the second floor',
        created_at: at,
        updated_at: at,
      },
      stamp: [1_000_000 + counter, 900],
    })
  }
  return centre.transport()
}

agreeInThisThread(openTransport)
