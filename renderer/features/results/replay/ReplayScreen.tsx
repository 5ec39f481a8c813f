import { Alert } from '@mantine/core'
import { IconInfoCircle, IconKeyboardOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Replay } from '../../../../shared/contract/results.ts'
import { api } from '../../../lib/client.ts'
import { BackLink } from '../../../ui/BackLink.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { Page } from '../../../ui/Page.tsx'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { PageSkeleton } from '../../../ui/PageSkeleton.tsx'
import { momentsOf } from './moments.ts'
import { ReplayPlayer } from './ReplayPlayer.tsx'

const route = getRouteApi('/staff/results/$attemptId/replay')

/** How an attempt went, from one saved state to the next. */
export function ReplayScreen() {
  const { t } = useTranslation('replay')
  const { attemptId } = route.useParams()
  const { data, error, isPending, refetch } = useQuery(api.results.replay.queryOptions({ input: { attemptId } }))
  if (isPending) return <PageSkeleton />
  return (
    <Page>
      <PageHeader
        title={t('title')}
        back={
          <BackLink to="/results/$attemptId" params={{ attemptId }}>
            {t('back')}
          </BackLink>
        }
        note={data && t('of', { name: data.beneficiaryName, title: data.title, number: data.attemptNumber })}
      />
      {data ? <Whole replay={data} /> : <ErrorState error={error} onRetry={() => void refetch()} />}
    </Page>
  )
}

function Whole({ replay }: { replay: Replay }) {
  const { t } = useTranslation('replay')
  const moments = useMemo(() => momentsOf(replay), [replay])
  const elsewhere = replay.questions.flatMap(({ isJournalled }, index) => (isJournalled ? [] : [index + 1]))
  if (replay.states.length === 0) {
    const isElsewhere = elsewhere.length > 0
    return (
      <EmptyState icon={IconKeyboardOff} title={t(isElsewhere ? 'elsewhereTitle' : 'emptyTitle')}>
        {t(isElsewhere ? 'elsewhereText' : 'emptyText')}
      </EmptyState>
    )
  }
  return (
    <>
      {elsewhere.length > 0 && (
        <Alert variant="light" color="saffron" icon={<IconInfoCircle aria-hidden />}>
          {t('partly', { count: elsewhere.length, numbers: elsewhere.join(', ') })}
        </Alert>
      )}
      <ReplayPlayer replay={replay} moments={moments} />
    </>
  )
}
