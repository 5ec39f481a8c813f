import type { RefusalData } from '../../../shared/contract/base.ts'
import { refusalOf } from '../../lib/refusal.ts'
import { growingPause } from './growing-pause.ts'

export interface HandIn {
  call(): Promise<unknown>
  isTimeUp(): boolean
  /** Milliseconds that are left on the core's own clock. */
  askRemainingMs(): Promise<number>
  /** Nobody waits for it any more. */
  isGivenUp(): boolean
}

/** Hands in again and again until the core answers; resolves with its refusal, or null when it is done. */
export async function handInPatiently(handIn: HandIn): Promise<RefusalData | null> {
  for (let failures = 1; !handIn.isGivenUp(); failures += 1) {
    const error: unknown = await handIn.call().then(
      () => null,
      (thrown: unknown) => thrown,
    )
    if (error === null) return null
    if (!isWorthWaiting(error)) {
      if (!isMomentEarly(error, handIn)) return refusalOf(error)
      await delay(await handIn.askRemainingMs().catch(() => 0))
    }
    await delay(growingPause(failures))
  }
  return null
}

/** The core is away, has failed, or forgot who sits here: what was asked of it may still succeed. */
export function isWorthWaiting(error: unknown): boolean {
  const refusal = refusalOf(error)
  return refusal === null || refusal.key === 'door.signInFirst'
}

/** The learner can do something about it while there is time. */
export function mayBeMended(refusal: RefusalData | null): boolean {
  return refusal?.key === 'attempt.requiredMissing' || refusal?.key === 'attempt.answeredElsewhere'
}

/** The time is up here, but the core's clock has a moment left, and until then it insists on what can be mended. */
function isMomentEarly(error: unknown, { isTimeUp }: HandIn): boolean {
  return isTimeUp() && mayBeMended(refusalOf(error))
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
