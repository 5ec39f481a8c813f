import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { api } from './client.ts'

const channelName = 'bdc.results'

/** Everything that says something about results: lists, attempts, counts, reports, statistics, and what learners see. */
function resultKeys() {
  const areas = [api.results, api.grading, api.assessments, api.analytics, api.reports, api.supervision, api.classroom]
  return [...areas.map((area) => area.key()), api.delivery.outcome.key(), api.delivery.menu.key()]
}

function refreshResults(queryClient: QueryClient) {
  return Promise.all(resultKeys().map((queryKey) => queryClient.invalidateQueries({ queryKey })))
}

/** Makes everything that shows results follow a change of one, in this window and in the others of this browser. */
export function useResultsFollow() {
  const queryClient = useQueryClient()
  return async () => {
    const others = new BroadcastChannel(channelName)
    others.postMessage('changed')
    others.close()
    await refreshResults(queryClient)
  }
}

/** Follows what other windows say, as long as this one is there. */
export function followOtherWindows(queryClient: QueryClient) {
  const others = new BroadcastChannel(channelName)
  others.onmessage = () => void refreshResults(queryClient)
}
