import { Refusal } from '../../../shared/refusal.ts'
import type { Judgement } from '../identity/throttle.ts'

/** What a learner is told whose PIN, pictures or exit PIN did not open. */
export function wrongSecret({ waitSeconds, left }: Judgement): Refusal {
  return waitSeconds > 0
    ? new Refusal('throttled', 'kiosk.wait', { seconds: waitSeconds })
    : new Refusal('invalid', 'kiosk.wrongSecret', { left })
}
