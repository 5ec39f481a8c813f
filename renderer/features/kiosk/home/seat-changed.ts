import { useQueryClient } from '@tanstack/react-query'
import { api, client } from '../../../lib/client.ts'

/** To be called after a learner took or left this kiosk: forgets what was shown to the one before. */
export function useSeatChanged() {
  const queryClient = useQueryClient()
  return async function seatChanged() {
    queryClient.setQueryData(api.identity.me.queryKey(), await client.identity.me())
    queryClient.removeQueries({ queryKey: api.delivery.key() })
  }
}
