export const roles = ['super_admin', 'admin', 'trainer', 'student'] as const
export type Role = (typeof roles)[number]

/** Who stands at the door: somebody signed in, a kiosk that a trainer opened, or nobody yet. */
export type ActorKind = Role | 'kiosk' | 'nobody'

const everybody: readonly ActorKind[] = [...roles, 'kiosk', 'nobody']
const staff: readonly ActorKind[] = ['admin', 'trainer']
const learners: readonly ActorKind[] = ['student', 'kiosk']

/** Each procedure of the contract names one capability; the door compares it with the actor, the screens follow it. */
export const capabilities = {
  'open to everybody': everybody,
  'read own account': [...roles, 'kiosk'],
  'manage own account': roles,
  'manage users': ['admin'],
  'keep keys': ['admin', 'super_admin'],
  'keep backups': ['admin', 'super_admin'],
  'remove practice centre': staff,
  'open kiosk': staff,
  'leave kiosk': ['kiosk'],
  'set up kiosk': ['admin'],
  'issue learner credentials': staff,
  'hold classroom': staff,
  'join classroom': ['nobody', 'kiosk'],
  'see kiosk roster': ['kiosk'],
  'read beneficiaries': staff,
  'write beneficiaries': staff,
  'read assessments': staff,
  'write assessments': staff,
  'take assessments': learners,
  supervise: staff,
  'read results': staff,
  grade: staff,
} as const satisfies Record<string, readonly ActorKind[]>

export type Capability = keyof typeof capabilities

export function mayUse(actor: ActorKind, capability: Capability): boolean {
  const allowed: readonly ActorKind[] = capabilities[capability]
  return allowed.includes(actor)
}
