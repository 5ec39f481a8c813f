import { useMe } from '../../../lib/session.ts'
import { IdleDialog } from './IdleDialog.tsx'
import { useStandUp } from './stand-up.ts'

interface IdleGuardProps {
  /** Milliseconds without touch or key. */
  idleMs: number
  /** What must be done while the learner still sits here. */
  beforeLeaving?: () => Promise<void>
}

/** Stands up for a learner who walked away from the kiosk. */
export function IdleGuard({ idleMs, beforeLeaving }: IdleGuardProps) {
  const standUp = useStandUp({ patiently: true })
  if (useMe().kind !== 'kiosk') return null

  async function leave() {
    await beforeLeaving?.()
    standUp.mutate({})
  }
  return <IdleDialog idleMs={idleMs} onGone={() => void leave()} />
}
