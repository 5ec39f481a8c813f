import { Button } from '@mantine/core'
import { IconReportAnalytics } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ResultRow } from '../../../shared/contract/results.ts'
import { api } from '../../lib/client.ts'
import { useRouteReady } from '../../lib/use-route-ready.ts'
import type { Column } from '../../ui/columns.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { TableFrame } from '../../ui/ListCells.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { NothingFound } from '../../ui/NothingFound.tsx'
import { shownColumns } from '../../ui/order.ts'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { ViewsMenu } from '../../ui/saved-views/ViewsMenu.tsx'
import { VirtualTable } from '../../ui/VirtualTable.tsx'
import { ResultFilters } from './ResultFilters.tsx'
import { ResultTabs } from './ResultTabs.tsx'
import { useResultColumns } from './result-columns.tsx'
import { WaitingNote } from './WaitingNote.tsx'

const route = getRouteApi('/staff/results')

export function ResultsScreen() {
  const { t } = useTranslation('results')
  useRouteReady('/staff/results/$attemptId')
  const { hide, sequence, ...search } = route.useSearch()
  const columns = useResultColumns()
  const waiting = useQuery(api.results.waiting.queryOptions({ refetchInterval: 15_000 }))
  const list = useResults()
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? []
  const isFiltered = Object.values(search).some((value) => value !== undefined)
  const isEmpty = list.isSuccess && rows.length === 0

  return (
    <Page fit="fill">
      <PageHeader title={t('list.title')} note={waiting.data && <WaitingNote attempts={waiting.data.attempts} />} />
      <ResultTabs />
      {(isFiltered || !isEmpty) && (
        <ResultFilters>
          <ViewsMenu list="results" columns={columns} />
        </ResultFilters>
      )}
      {list.isPending && <LoadingRows />}
      {list.isError && rows.length === 0 && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {rows.length > 0 && (
        <ResultTable
          rows={rows}
          columns={shownColumns(columns, { hide, sequence })}
          hasMore={list.hasNextPage}
          onMore={() => !list.isFetchingNextPage && void list.fetchNextPage()}
        />
      )}
      {isEmpty && (isFiltered ? <NoneFound /> : <NoResults />)}
    </Page>
  )
}

function useResults() {
  const { search = '', state, assessment, beneficiary } = route.useSearch()
  return useInfiniteQuery(
    api.results.list.infiniteOptions({
      input: (after: string | undefined) => ({
        search,
        state,
        assessmentId: assessment,
        beneficiaryId: beneficiary,
        after,
      }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.next ?? undefined,
      placeholderData: keepPreviousData,
    }),
  )
}

interface ResultTableProps {
  rows: ResultRow[]
  columns: Column<ResultRow>[]
  hasMore: boolean
  onMore: () => void
}

function ResultTable({ rows, columns, hasMore, onMore }: ResultTableProps) {
  const { t } = useTranslation('results')
  const navigate = route.useNavigate()
  return (
    <TableFrame>
      <VirtualTable
        label={t('list.label')}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.attemptId}
        rowHeight={68}
        total={hasMore ? null : rows.length}
        hasMore={hasMore}
        onMore={onMore}
        onOpen={({ attemptId }) => void navigate({ to: '/results/$attemptId', params: { attemptId } })}
      />
    </TableFrame>
  )
}

function NoResults() {
  const { t } = useTranslation('results')
  return (
    <EmptyState
      icon={IconReportAnalytics}
      title={t('list.emptyTitle')}
      action={
        <Button variant="default" component={Link} to="/assessments">
          {t('list.toAssessments')}
        </Button>
      }
    >
      {t('list.emptyText')}
    </EmptyState>
  )
}

function NoneFound() {
  const { t } = useTranslation('results')
  const navigate = route.useNavigate()
  return (
    <NothingFound
      title={t('list.noneFoundTitle')}
      clear={t('list.showAll')}
      onClear={() => void navigate({ search: ({ hide, sequence }) => ({ hide, sequence }), replace: true })}
    >
      {t('list.noneFoundText')}
    </NothingFound>
  )
}
