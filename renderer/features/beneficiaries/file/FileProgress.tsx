import { IconReportAnalytics } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/client.ts'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { LoadingRows } from '../../../ui/LoadingRows.tsx'
import { CategoryPart } from '../../../ui/report/CategoryPart.tsx'
import { OverTime } from '../../../ui/report/OverTime.tsx'
import report from '../../../ui/report/report.module.css'
import { StrengthsAndGaps } from '../../../ui/report/StrengthsAndGaps.tsx'

/** What the person is good at, where the gaps are, and how that went over time; the report has the rest. */
export function FileProgress({ id }: { id: number }) {
  const { t } = useTranslation('file')
  const found = useQuery(api.reports.learner.queryOptions({ input: { beneficiaryId: id } }))
  if (found.isPending) return <LoadingRows />
  if (found.isError) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />
  if (found.data.attempts.length === 0) {
    return (
      <EmptyState icon={IconReportAnalytics} title={t('progress.emptyTitle')}>
        {t('progress.emptyText')}
      </EmptyState>
    )
  }
  return (
    <div className={report.report}>
      <StrengthsAndGaps categories={found.data.categories} />
      <OverTime attempts={found.data.attempts} />
      <CategoryPart categories={found.data.categories} />
      <div>
        <ButtonLink to="/results/learner/$id" params={{ id }} variant="default">
          {t('progress.report')}
        </ButtonLink>
      </div>
    </div>
  )
}
