import * as z from 'zod'
import type { Id } from '../../../shared/contract/base.ts'
import { KioskSettings, SignInWay } from '../../../shared/contract/kiosk.ts'
import type { Reader, Writer } from '../../database/database.ts'
import { organizationById, setOrganizationSettings } from '../organizations/queries.ts'

/** The `kiosk` part of an organization's settings; the wrong tries at the exit PIN are kept beside it. */
const Stored = z.object({
  signIn: SignInWay.default('name'),
  idleSeconds: KioskSettings.shape.idleSeconds.default(180),
  exitPin: z
    .object({ hash: z.string(), failures: z.int(), lockedUntil: z.string().nullable() })
    .nullable()
    .default(null),
})
type Stored = z.infer<typeof Stored>

const All = z.record(z.string(), z.json()).catch({})

export async function kioskOf(db: Reader, organizationId: Id): Promise<Stored> {
  const organization = await organizationById(db, organizationId)
  return Stored.safeParse(All.parse(organization?.settings).kiosk).data ?? Stored.parse({})
}

/** Changes these and leaves everything else in the organization's settings as it is. */
export async function changeKiosk(db: Writer, organizationId: Id, changes: Partial<Stored>, now: string) {
  const organization = await organizationById(db, organizationId)
  const settings = All.parse(organization?.settings)
  const kiosk = { ...(await kioskOf(db, organizationId)), ...changes }
  await setOrganizationSettings(db, organizationId, { ...settings, kiosk }, now)
}

/** What the screens may know of it. */
export function shown({ signIn, idleSeconds, exitPin }: Stored) {
  return { signIn, idleSeconds, hasExitPin: exitPin !== null }
}
