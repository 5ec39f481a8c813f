import { useQueryClient } from '@tanstack/react-query'
import { api } from '../../lib/client.ts'
import { useMutation } from '../../lib/use-mutation.ts'

export function useSetOrganizationActive() {
  const queryClient = useQueryClient()
  return useMutation(
    api.organizations.setActive.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: api.organizations.key() }),
    }),
  )
}
