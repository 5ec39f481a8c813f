import { api } from '../../../lib/client.ts'
import { refusalOf } from '../../../lib/refusal.ts'
import { useMutation } from '../../../lib/use-mutation.ts'
import { useSeatChanged } from './seat-changed.ts'

/** Leaves the kiosk to the next learner and forgets what was on the screen; `patiently`: tries until the core answers. */
export function useStandUp({ patiently = false } = {}) {
  const seatChanged = useSeatChanged()
  return useMutation(
    api.delivery.standUp.mutationOptions({
      onSuccess: seatChanged,
      retry: (_, error) => patiently && refusalOf(error) === null,
      retryDelay: 2_000,
    }),
  )
}
