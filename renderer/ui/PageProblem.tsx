import type { ErrorComponentProps } from '@tanstack/react-router'
import { useRouter } from '@tanstack/react-router'
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

/** The same where nothing else could be shown, such as when BDC cannot be reached at the start. */
export function WholeProblem(props: ErrorComponentProps) {
  return (
    <main style={{ display: 'grid', minHeight: '100dvh', placeContent: 'center' }}>
      <PageProblem {...props} />
    </main>
  )
}
