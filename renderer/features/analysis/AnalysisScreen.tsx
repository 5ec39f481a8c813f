import { Group, Select } from '@mantine/core'
import { IconChartHistogram } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { attemptChoices, type ItemStatistics } from '../../../shared/contract/analytics.ts'
import type { Id } from '../../../shared/contract/base.ts'
import { mayUse } from '../../../shared/permissions.ts'
import { api, client } from '../../lib/client.ts'
import { actorKindOf, useMe } from '../../lib/session.ts'
import { BackLink } from '../../ui/BackLink.tsx'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { PageSkeleton } from '../../ui/PageSkeleton.tsx'
import { ReportFrame } from '../../ui/report/ReportFrame.tsx'
import { SaveAs } from '../../ui/report/SaveAs.tsx'
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
  const asked = { assessmentId: id, attempts }
  const { data, error, isPending, refetch } = useQuery(
    api.analytics.items.queryOptions({ input: asked, placeholderData: keepPreviousData }),
  )
  const mayGrade = mayUse(actorKindOf(useMe()), 'results.correctKey')
  if (isPending) return <PageSkeleton />
  const isEmpty = data?.test.attempts === 0
  return (
    <ReportFrame
      title={t('title')}
      about={data?.title ?? ''}
      back={
        <BackLink to="/assessments/$id" params={{ id }}>
          <bdi>{data?.title ?? t('toAssessment')}</bdi>
        </BackLink>
      }
      note={t('note')}
      actions={
        data && (
          <>
            <WhichAttempts />
            {!isEmpty && <SaveAs ask={(wish) => client.reports.analysisFile({ ...asked, ...wish })} />}
          </>
        )
      }
      instead={
        <>
          {!data && <ErrorState error={error} onRetry={() => void refetch()} />}
          {isEmpty && (
            <EmptyState icon={IconChartHistogram} title={t('emptyTitle')}>
              {t('emptyText')}
            </EmptyState>
          )}
        </>
      }
    >
      {data && !isEmpty && (
        <>
          <TestFacts test={data.test} />
          <Items items={data.items} assessmentId={mayGrade ? id : null} />
        </>
      )}
    </ReportFrame>
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

/** `assessmentId`: of the assessment whose keys may be corrected. */
function Items({ items, assessmentId }: { items: ItemStatistics[]; assessmentId: Id | null }) {
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
          className={classes.order}
          allowDeselect={false}
          aria-label={t('order.label')}
          data={itemOrders.map((value) => ({ value, label: t(`order.${value}`) }))}
          value={order}
          onChange={(value) => setOrder(itemOrders.find((one) => one === value) ?? 'paper')}
        />
      </Group>
      <ol className={classes.items}>
        {inOrder(items, order).map((item) => (
          <ItemCard
            key={item.questionId}
            item={item}
            number={items.indexOf(item) + 1}
            correctKey={
              assessmentId !== null &&
              item.question.type !== 'essay' && <ToKey assessmentId={assessmentId} questionId={item.questionId} />
            }
          />
        ))}
      </ol>
    </section>
  )
}

function ToKey({ assessmentId, questionId }: { assessmentId: Id; questionId: Id }) {
  const { t } = useTranslation('analysis')
  return (
    <Group>
      <ButtonLink
        to="/assessments/$id/key"
        params={{ id: assessmentId }}
        search={{ question: questionId }}
        size="xs"
        variant="default"
      >
        {t('correctKey')}
      </ButtonLink>
    </Group>
  )
}
