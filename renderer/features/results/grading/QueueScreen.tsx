import { Button, Group, SegmentedControl, Switch } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/client.ts'
import { BackLink } from '../../../ui/BackLink.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { Page } from '../../../ui/Page.tsx'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { PageSkeleton } from '../../../ui/PageSkeleton.tsx'
import { QueueSession } from './QueueSession.tsx'
import { SecondOpinionDialog } from './SecondOpinionDialog.tsx'

const route = getRouteApi('/staff/grading/$id')

/** The answers of one assessment that wait, one after the other. */
export function QueueScreen() {
  const { t } = useTranslation('grading')
  const { id } = route.useParams()
  const { by = 'question', anonymous = false } = route.useSearch()
  const navigate = route.useNavigate()
  const input = { assessmentId: id, by, isAnonymous: anonymous }
  const [isAsking, setAsking] = useState(false)
  const [rounds, setRounds] = useState(0)
  // A session begins with what waits now, never with what waited at an earlier visit.
  const queue = useQuery(api.grading.queue.queryOptions({ input, gcTime: 0 }))
  if (queue.isPending) return <PageSkeleton />
  return (
    <Page>
      <PageHeader
        title={queue.data?.title ?? t('title')}
        back={<BackLink to="/grading">{t('title')}</BackLink>}
        actions={
          <Group gap="md">
            <Button variant="default" onClick={() => setAsking(true)}>
              {t('askAll')}
            </Button>
            <SegmentedControl
              aria-label={t('order')}
              value={by}
              data={(['question', 'learner'] as const).map((value) => ({ value, label: t(`by.${value}`) }))}
              onChange={(value) =>
                void navigate({ search: (old) => ({ ...old, by: value as typeof by }), replace: true })
              }
            />
            <Switch
              label={t('anonymous')}
              checked={anonymous}
              onChange={({ currentTarget: { checked } }) =>
                void navigate({ search: (old) => ({ ...old, anonymous: checked || undefined }), replace: true })
              }
            />
          </Group>
        }
      />
      {queue.isError && <ErrorState error={queue.error} onRetry={() => void queue.refetch()} />}
      <SecondOpinionDialog
        isOpen={isAsking}
        assessmentId={id}
        onAsked={() => setRounds(rounds + 1)}
        onClose={() => setAsking(false)}
      />
      {queue.data && <QueueSession key={`${id} ${by} ${anonymous} ${rounds}`} queue={queue.data} empty={<AllDone />} />}
    </Page>
  )
}

function AllDone() {
  const { t } = useTranslation('grading')
  return (
    <EmptyState icon={IconCircleCheck} title={t('nothingTitle')}>
      {t('nothingText')}
    </EmptyState>
  )
}
