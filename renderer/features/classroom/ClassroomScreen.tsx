import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { EndClassroom } from './EndClassroom.tsx'
import { RoomPanel } from './RoomPanel.tsx'
import { Seats } from './Seats.tsx'
import { StartForm } from './start/StartForm.tsx'
import { TrustSection } from './start/TrustSection.tsx'

/** The trainer lets the devices of a room in, and sees where each of them is. */
export function ClassroomScreen() {
  const { t } = useTranslation('classroom')
  const current = useQuery(api.classroom.current.queryOptions({ refetchInterval: 3_000 }))
  return (
    <Page>
      <PageHeader
        title={t('title')}
        note={current.data ? t('on', { count: current.data.deviceCount }) : t('off')}
        actions={current.data && <EndClassroom />}
      />
      {current.isPending ? (
        <LoadingRows count={4} />
      ) : current.isError ? (
        <ErrorState error={current.error} onRetry={() => void current.refetch()} />
      ) : current.data ? (
        <>
          <RoomPanel room={current.data} />
          <Seats />
        </>
      ) : (
        <>
          <StartForm />
          <TrustSection />
        </>
      )}
    </Page>
  )
}
