import { Group, Select } from '@mantine/core'
import { IconChartHistogram } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { attemptChoices, type ItemStatistics } from '../../../shared/contract/analytics.ts'
import { api } from '../../lib/client.ts'
import backClasses from '../../ui/BackLink.module.css'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { PageSkeleton } from '../../ui/PageSkeleton.tsx'
import classes from './analysis.module.css'
import { ItemCard } from './ItemCard.tsx'
import { type ItemOrder, inOrder, itemOrders } from './item-order.ts'
import { TestFacts } from './TestFacts.tsx'

const route = getRouteApi('/staff/assessments/$id/analysis')

/** Which questions of an assessment tell who knows more, and which need a look. */
export function AnalysisScreen() {
  const { t } = useTranslation('analysis')
  const { id } = route.useParams()
  const { attempts = 'first' } = route.useSearch()
  const { data, error, isPending, refetch } = useQuery(
    api.analytics.items.queryOptions({ input: { assessmentId: id, attempts }, placeholderData: keepPreviousData }),
  )
  if (isPending) return <PageSkeleton />
  return (
    <Page>
      <PageHeader
        title={t('title')}
        back={
          <Link to="/assessments/$id" params={{ id }} className={backClasses.back}>
            <bdi>{data?.title ?? t('toAssessment')}</bdi>
          </Link>
        }
        note={t('note')}
        actions={data && <WhichAttempts />}
      />
      {!data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data?.test.attempts === 0 && (
        <EmptyState icon={IconChartHistogram} title={t('emptyTitle')}>
          {t('emptyText')}
        </EmptyState>
      )}
      {data && data.test.attempts > 0 && (
        <>
          <TestFacts test={data.test} />
          <Items items={data.items} />
        </>
      )}
    </Page>
  )
}

function WhichAttempts() {
  const { t } = useTranslation('analysis')
  const { attempts = 'first' } = route.useSearch()
  const navigate = route.useNavigate()
  const choose = (value: string | null) => {
    const chosen = attemptChoices.find((one) => one === value)
    void navigate({ search: { attempts: chosen === 'first' ? undefined : chosen }, replace: true })
  }
  return (
    <Select
      w={280}
      allowDeselect={false}
      aria-label={t('attempts.label')}
      data={attemptChoices.map((value) => ({ value, label: t(`attempts.${value}`) }))}
      value={attempts}
      onChange={choose}
    />
  )
}

function Items({ items }: { items: ItemStatistics[] }) {
  const { t } = useTranslation('analysis')
  const [order, setOrder] = useState<ItemOrder>('paper')
  const flagged = items.filter(({ flags }) => flags.length > 0).length
  return (
    <section aria-labelledby="items-heading">
      <Group justify="space-between" mb="sm">
        <h2 id="items-heading" className={classes.heading}>
          {t('items.heading', { count: items.length })}
          <span className={classes.flagged}>{t('items.flagged', { count: flagged })}</span>
        </h2>
        <Select
          w={200}
          allowDeselect={false}
          aria-label={t('order.label')}
          data={itemOrders.map((value) => ({ value, label: t(`order.${value}`) }))}
          value={order}
          onChange={(value) => setOrder(itemOrders.find((one) => one === value) ?? 'paper')}
        />
      </Group>
      <ol className={classes.items}>
        {inOrder(items, order).map((item) => (
          <ItemCard key={item.questionId} item={item} number={items.indexOf(item) + 1} />
        ))}
      </ol>
    </section>
  )
}
