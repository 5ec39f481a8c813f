import { useMe } from '../../../lib/session.ts'
import { IdleDialog } from './IdleDialog.tsx'
import { useStandUp } from './stand-up.ts'

/** Stands up for a learner who walked away from the kiosk; `idleMs`: after how long without touch or key. */
export function IdleGuard({ idleMs }: { idleMs: number }) {
  const standUp = useStandUp({ patiently: true })
  if (useMe().kind !== 'kiosk') return null
  return <IdleDialog idleMs={idleMs} onGone={() => standUp.mutate({})} />
}
