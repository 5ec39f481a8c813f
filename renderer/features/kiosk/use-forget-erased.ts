import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api } from '../../lib/client.ts'
import { forgetAttempts, keptAttempts } from './kept-drafts.ts'

const mostAsked = 500

/** What this browser keeps of somebody who was erased goes, as soon as the core can say so. */
export function useForgetErased(isAllowed: boolean) {
  const attemptIds = isAllowed ? keptAttempts(localStorage).slice(0, mostAsked) : []
  const erased = useQuery(api.delivery.erased.queryOptions({ input: { attemptIds }, enabled: attemptIds.length > 0 }))
  useEffect(() => {
    if (erased.data) forgetAttempts(erased.data.attemptIds, localStorage)
  }, [erased.data])
}
