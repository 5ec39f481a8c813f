import { client } from '../../../lib/client.ts'
import { ConnectionLost } from '../../../lib/connection.ts'
import type { AttemptCalls } from '../attempt-session.ts'

/** Where a network swallows calls without a word, this many milliseconds count as no answer. */
const patienceMs = 8_000

export function attemptCalls(): AttemptCalls {
  return {
    saveAnswer: (input) => patiently((options) => client.delivery.saveAnswer(input, options)),
    stay: (input) => patiently((options) => client.delivery.stay(input, options)),
    answers: async (input) => (await patiently((options) => client.delivery.attempt(input, options))).answers,
    flag: (input) => patiently((options) => client.delivery.flag(input, options)),
    handIn: (input) => patiently((options) => client.delivery.handIn(input, options)),
  }
}

async function patiently<T>(call: (options: { signal: AbortSignal }) => Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(patienceMs)
  try {
    return await call({ signal })
  } catch (cause) {
    if (signal.aborted) throw new ConnectionLost('The core did not answer in time.', { cause })
    throw cause
  }
}
