import type { ErrorComponentProps } from '@tanstack/react-router'
import { useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { ErrorState } from './ErrorState.tsx'

/** Stands in for a page that failed, so that the rest of the window goes on working. */
export function PageProblem({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  return (
    <ErrorState
      error={error}
      titleOrder={1}
      onRetry={() => {
        reset()
        void router.invalidate()
      }}
    />
  )
}

const retryMs = 10_000

/**
 * The same where nothing else could be shown, such as when BDC cannot be reached at the start. Tries again by itself: there
 * may be nobody in front of it.
 */
export function WholeProblem(props: ErrorComponentProps) {
  const router = useRouter()
  const { reset } = props
  useEffect(() => {
    const retrying = setInterval(() => {
      reset()
      void router.invalidate()
    }, retryMs)
    return () => clearInterval(retrying)
  }, [router, reset])
  return (
    <main style={{ display: 'grid', minHeight: '100dvh', placeContent: 'center' }}>
      <PageProblem {...props} />
    </main>
  )
}
