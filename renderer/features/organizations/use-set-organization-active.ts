import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../lib/client.ts'

export function useSetOrganizationActive() {
  const queryClient = useQueryClient()
  return useMutation(
    api.organizations.setActive.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: api.organizations.key() }),
    }),
  )
}
