import { Button, Loader } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Navigate, useNavigate, useParams } from '@tanstack/react-router'
import { use, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../shared/contract/base.ts'
import { api } from '../../lib/client.ts'
import { refusalOf } from '../../lib/refusal.ts'
import { useMe } from '../../lib/session.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PictureSourceContext } from '../../ui/question/picture-source.ts'
import { usePicturesAhead } from '../../ui/question/use-pictures-ahead.ts'
import { HomeMark } from './home/HomeMark.tsx'
import { learnerOf } from './home/people.ts'
import { KioskFrame } from './KioskFrame.tsx'
import kiosk from './kiosk.module.css'
import { OutcomeScreen } from './outcome/OutcomeScreen.tsx'
import { type Ending, Sitting } from './sitting/Sitting.tsx'
import { TakeSeat } from './TakeSeat.tsx'

/** One attempt from its first question to its outcome. */
export function AttemptScreen() {
  const { attemptId } = useParams({ from: '/learn/$attemptId' })
  const learner = learnerOf(useMe())
  const pictures = useMemo(() => ({ attemptId }), [attemptId])
  if (!learner) return <Navigate to="/learn" replace />
  return (
    <PictureSourceContext value={pictures}>
      <OwnAttempt key={`${learner.id} ${attemptId}`} attemptId={attemptId} />
    </PictureSourceContext>
  )
}

/** Answers of an earlier visit would be older than what the core has, so this asks anew each time and then lets it be. */
function OwnAttempt({ attemptId }: { attemptId: Id }) {
  const queryClient = useQueryClient()
  const [ending, setEnding] = useState<Ending | null>(null)
  const attempt = useQuery(
    api.delivery.attempt.queryOptions({
      input: { attemptId },
      gcTime: 0,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
    }),
  )

  usePicturesAhead(attempt.data?.questions ?? [], use(PictureSourceContext))

  if (refusalOf(attempt.error)?.key === 'attempt.otherSeat') {
    return <TakeSeat attemptId={attemptId} onTaken={() => void attempt.refetch()} />
  }
  if (attempt.isError) return <CannotOpen error={attempt.error} onRetry={() => void attempt.refetch()} />
  if (!attempt.isFetchedAfterMount) return <Opening />
  if (attempt.data?.state !== 'running') return <OutcomeScreen attemptId={attemptId} ending={ending} />
  return (
    <Sitting
      attempt={attempt.data}
      onOver={(end) => {
        setEnding(end)
        queryClient.removeQueries({ queryKey: api.delivery.menu.key() })
        void attempt.refetch()
      }}
    />
  )
}

function Opening() {
  return (
    <KioskFrame start={<HomeMark />}>
      <div className={`${kiosk.page} ${kiosk.waiting}`}>
        <Loader size="lg" />
      </div>
    </KioskFrame>
  )
}

function CannotOpen({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation('kiosk')
  const navigate = useNavigate()
  return (
    <KioskFrame start={<HomeMark />}>
      <ErrorState error={error} onRetry={onRetry} />
      <Button
        size="lg"
        variant="default"
        mx="auto"
        display="block"
        onClick={() => void navigate({ to: '/learn', state: { hasComeBack: true }, replace: true })}
      >
        {t('attempt.toList')}
      </Button>
    </KioskFrame>
  )
}
