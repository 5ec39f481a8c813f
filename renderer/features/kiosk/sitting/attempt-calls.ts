import { client } from '../../../lib/client.ts'
import type { AttemptCalls } from '../attempt-session.ts'

/** Where a network swallows calls without a word, this many milliseconds count as no answer. */
const patienceMs = 8_000

export function attemptCalls(): AttemptCalls {
  const patience = () => ({ signal: AbortSignal.timeout(patienceMs) })
  return {
    saveAnswer: (input) => client.delivery.saveAnswer(input, patience()),
    stay: (input) => client.delivery.stay(input, patience()),
    handIn: (input) => client.delivery.handIn(input, patience()),
  }
}
