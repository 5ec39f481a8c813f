import { IconReportAnalytics } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { LearnerReport } from '../../../shared/contract/reports.ts'
import { api, client } from '../../lib/client.ts'
import { BackLink } from '../../ui/BackLink.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageSkeleton } from '../../ui/PageSkeleton.tsx'
import { CategoryPart } from '../../ui/report/CategoryPart.tsx'
import { OverTime } from '../../ui/report/OverTime.tsx'
import { ReportFrame } from '../../ui/report/ReportFrame.tsx'
import { SaveAs } from '../../ui/report/SaveAs.tsx'
import { StrengthsAndGaps } from '../../ui/report/StrengthsAndGaps.tsx'
import { LearnerAssessments } from './LearnerAssessments.tsx'
import { LearnerComments } from './LearnerComments.tsx'

const route = getRouteApi('/staff/results/learner/$id')

/** How one learner has done in everything that counts. */
export function LearnerReportScreen() {
  const { t } = useTranslation('reports')
  const { id } = route.useParams()
  const asked = { beneficiaryId: id }
  const { data, error, isPending, refetch } = useQuery(api.reports.learner.queryOptions({ input: asked }))
  if (isPending) return <PageSkeleton />
  const isEmpty = data?.attempts.length === 0
  return (
    <ReportFrame
      title={t('learner.title')}
      about={data?.name ?? ''}
      back={<BackLink to="/results">{t('learner.toResults')}</BackLink>}
      note={data && <bdi>{data.name}</bdi>}
      actions={data && !isEmpty && <SaveAs ask={(wish) => client.reports.learnerFile({ ...asked, ...wish })} />}
      instead={
        <>
          {!data && <ErrorState error={error} onRetry={() => void refetch()} />}
          {isEmpty && (
            <EmptyState icon={IconReportAnalytics} title={t('learner.emptyTitle')}>
              {t('learner.emptyText')}
            </EmptyState>
          )}
        </>
      }
    >
      {data && !isEmpty && <Parts report={data} />}
    </ReportFrame>
  )
}

function Parts({ report }: { report: LearnerReport }) {
  return (
    <>
      <StrengthsAndGaps categories={report.categories} />
      <OverTime attempts={report.attempts} />
      <LearnerAssessments assessments={report.assessments} />
      <CategoryPart categories={report.categories} />
      <LearnerComments comments={report.comments} />
    </>
  )
}
