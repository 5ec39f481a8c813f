import type { Id } from '../../../shared/contract/base.ts'
import type { Writer } from '../../database/database.ts'
import type { TableName } from '../../database/registry.ts'
import { logActivity } from './log.ts'

interface OwnActivity {
  organizationId: Id
  action: string
  resource: TableName
  resourceId: Id
  now: string
}

/** What the program does by its schedule or by an order: nobody asked for it at this moment, from nowhere. */
export function logOfItself(db: Writer, key: Buffer, { organizationId, ...activity }: OwnActivity): Promise<Id> {
  return logActivity(db, key, {
    ...activity,
    actor: { userId: null, organizationId },
    details: {},
    visitor: { ipAddress: '', userAgent: '' },
  })
}
