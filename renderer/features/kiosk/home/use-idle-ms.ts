import { useQuery } from '@tanstack/react-query'
import { api } from '../../../lib/client.ts'
import { useMe } from '../../../lib/session.ts'

const untilKnown = 180

/** How long this kiosk waits for somebody who walked away, as the centre has set it. */
export function useIdleMs(): number {
  const isKiosk = useMe().kind === 'kiosk'
  const entry = useQuery(api.kiosk.entry.queryOptions({ enabled: isKiosk }))
  return (entry.data?.idleSeconds ?? untilKnown) * 1000
}
