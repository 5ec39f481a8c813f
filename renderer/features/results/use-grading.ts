import { useMutation } from '@tanstack/react-query'
import { api } from '../../lib/client.ts'
import { useResultsFollow } from '../../lib/results-follow.ts'

/** Gives points; everything that shows the result follows. */
export function useGrading() {
  const onSuccess = useResultsFollow()
  return useMutation(api.results.grade.mutationOptions({ onSuccess }))
}
