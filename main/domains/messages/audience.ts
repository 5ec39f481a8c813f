import * as z from 'zod'
import { Id } from '../../../shared/contract/base.ts'
import { AudienceRole } from '../../../shared/contract/messages.ts'

/** How a message came to one of its recipients: kept in the row where it went to a group or a role. */
const Audience = z.object({
  groups: z.array(z.object({ id: Id, name: z.string() })),
  roles: z.array(AudienceRole),
  /** Addressed by name, not as somebody of a group or a role. */
  isNamed: z.boolean(),
})
export type Audience = z.infer<typeof Audience>

const byName: Audience = { groups: [], roles: [], isNamed: true }

export function audienceOf({ audience }: { audience: unknown }): Audience {
  return Audience.safeParse(audience).data ?? byName
}
