import { useQueryClient } from '@tanstack/react-query'
import { api } from '../../lib/client.ts'
import { focusHeadingSoon } from '../../lib/focus-after-navigation.ts'
import { useMutation } from '../../lib/use-mutation.ts'

export function useStatusChange(
  step: 'publish' | 'unpublish' | 'close' | 'remove',
  onDone?: () => Promise<void> | void,
) {
  const queryClient = useQueryClient()
  return useMutation(
    api.assessments[step].mutationOptions({
      onSuccess: async () => {
        await onDone?.()
        await queryClient.invalidateQueries({ queryKey: api.assessments.key() })
        focusHeadingSoon()
      },
    }),
  )
}
