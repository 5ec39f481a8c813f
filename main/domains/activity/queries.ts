import type { Id } from '../../../shared/contract/base.ts'
import type { Actor } from '../../actor.ts'
import type { Writer } from '../../database/database.ts'
import { mintId } from '../../database/ids.ts'

interface Activity {
  actor: Pick<Actor, 'userId' | 'organizationId'>
  action: string
  resource?: string
  resourceId: Id | null
  details: Record<string, string | number | boolean | null>
  visitor: { ipAddress: string; userAgent: string }
  now: string
}

export async function logActivity(db: Writer, activity: Activity) {
  await db
    .insertInto('activity_logs')
    .values({
      id: await mintId(db, 'activity_logs'),
      organization_id: activity.actor.organizationId,
      user_id: activity.actor.userId,
      action: activity.action,
      resource_type: activity.resource ?? null,
      resource_id: activity.resourceId,
      details: activity.details,
      ip_address: activity.visitor.ipAddress,
      user_agent: activity.visitor.userAgent.slice(0, 1000),
      created_at: activity.now,
    })
    .execute()
}
