import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api } from '../../lib/client.ts'

/** Makes everything that shows results follow a change of one. */
export function useResultsFollow() {
  const queryClient = useQueryClient()
  return () =>
    Promise.all(
      [api.results, api.grading, api.assessments].map((area) =>
        queryClient.invalidateQueries({ queryKey: area.key() }),
      ),
    )
}

/** Gives points; everything that shows the result follows. */
export function useGrading() {
  const onSuccess = useResultsFollow()
  return useMutation(api.results.grade.mutationOptions({ onSuccess }))
}
