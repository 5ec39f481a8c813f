import { useQueryClient } from '@tanstack/react-query'
import { api } from '../../lib/client.ts'
import { useMutation } from '../../lib/use-mutation.ts'

/** Does something with an account or a notice, and shows how things stand then, in the calendar as well. */
export function useAccountChange<Input>(change: (input: Input) => Promise<unknown>, onDone?: () => void) {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (input: Input) => change(input),
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: api.calendarAccounts.key() }),
        queryClient.invalidateQueries({ queryKey: api.appointments.key() }),
      ]),
    ...(onDone && { onSuccess: onDone }),
  })
}
