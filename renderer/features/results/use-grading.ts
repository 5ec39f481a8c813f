import { api } from '../../lib/client.ts'
import { useResultsFollow } from '../../lib/results-follow.ts'
import { useMutation } from '../../lib/use-mutation.ts'

/** Gives points; everything that shows the result follows. */
export function useGrading() {
  const onSuccess = useResultsFollow()
  return useMutation(api.results.grade.mutationOptions({ onSuccess }))
}
