import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../lib/client.ts'

/** Gives points; everything that shows the result follows. */
export function useGrading() {
  const queryClient = useQueryClient()
  return useMutation(
    api.results.grade.mutationOptions({
      onSuccess: () =>
        Promise.all([
          queryClient.invalidateQueries({ queryKey: api.results.key() }),
          queryClient.invalidateQueries({ queryKey: api.grading.key() }),
          queryClient.invalidateQueries({ queryKey: api.assessments.key() }),
        ]),
    }),
  )
}
