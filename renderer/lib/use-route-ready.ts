import { type RegisteredRouter, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'

/** Fetches the code of the page that will probably be opened next, so that opening it takes no longer than its data. */
export function useRouteReady(id: keyof RegisteredRouter['routesById']) {
  const router = useRouter()
  useEffect(() => void router.loadRouteChunk(router.routesById[id]), [router, id])
}
