import * as z from 'zod'
import { roles } from '../roles.ts'
import { Done, Id, mutation, query, Timestamp } from './base.ts'

/** `user`: somebody works there; `kiosk`: learners share it; `room`: a device of a classroom session. */
export const deviceKinds = ['user', 'kiosk', 'room'] as const

export const Device = z.object({
  sessionId: Id,
  kind: z.enum(deviceKinds),
  /** Who signed in there; of a kiosk or a room, who opened it. */
  userName: z.string(),
  role: z.enum(roles),
  /** Who sits at the kiosk or the device of a room now. */
  learnerName: z.string().nullable(),
  deviceName: z.string().nullable(),
  /** What the program or the browser there says of itself. */
  userAgent: z.string(),
  ipAddress: z.string(),
  since: Timestamp,
  lastActivity: Timestamp.nullable(),
  isThis: z.boolean(),
})
export type Device = z.infer<typeof Device>

/** Where the organization is signed in. */
export const devices = {
  /** The one that was active last comes first. */
  list: query().output(z.array(Device)),
  /** Signs it out at once, in the middle of what it does; answers that are saved stay. */
  end: mutation({ action: 'devices.end', resource: 'sessions' })
    .input(z.object({ sessionId: Id }))
    .output(Done),
}
