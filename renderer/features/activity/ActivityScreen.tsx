import { IconHistory } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ActivityRow } from '../../../shared/contract/activity.ts'
import { api, client } from '../../lib/client.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { TableFrame } from '../../ui/ListCells.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { NothingFound } from '../../ui/NothingFound.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { VirtualTable } from '../../ui/VirtualTable.tsx'
import { ActivityFilters } from './ActivityFilters.tsx'
import { ActivityTabs } from './ActivityTabs.tsx'
import { useActivityColumns } from './activity-columns.tsx'
import { ExportMenu } from './ExportMenu.tsx'
import { filterOf } from './filter.ts'
import { LineDrawer } from './LineDrawer.tsx'

const route = getRouteApi('/staff/activity')

/** Who did and saw what; for administrators. */
export function ActivityScreen() {
  const { t } = useTranslation('activity')
  const search = route.useSearch()
  const filter = filterOf(search)
  const [opened, setOpened] = useState<ActivityRow | null>(null)
  const list = useInfiniteQuery(
    api.activity.list.infiniteOptions({
      input: (after: string | undefined) => ({ ...filter, after }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.next ?? undefined,
      placeholderData: keepPreviousData,
    }),
  )
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? []
  const isFiltered = Object.values(search).some((value) => value !== undefined)
  const isEmpty = list.isSuccess && rows.length === 0
  const onMore = () => {
    if (!list.isFetchingNextPage) void list.fetchNextPage()
  }
  return (
    <Page fit="fill">
      <PageHeader
        title={t('title')}
        note={t('note')}
        actions={<ExportMenu onExport={(format) => client.activity.export({ format, filter })} />}
      />
      <ActivityTabs />
      <ActivityFilters />
      {list.isPending && <LoadingRows />}
      {list.isError && rows.length === 0 && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {rows.length > 0 && <ActivityTable rows={rows} hasMore={list.hasNextPage} onMore={onMore} onOpen={setOpened} />}
      {isEmpty && (isFiltered ? <NoneFound /> : <NothingYet />)}
      {opened && <LineDrawer line={opened} onClose={() => setOpened(null)} />}
    </Page>
  )
}

interface TableProps {
  rows: ActivityRow[]
  hasMore: boolean
  onMore: () => void
  onOpen: (row: ActivityRow) => void
}

function ActivityTable({ rows, hasMore, onMore, onOpen }: TableProps) {
  const { t } = useTranslation('activity')
  return (
    <TableFrame>
      <VirtualTable
        label={t('label')}
        columns={useActivityColumns()}
        rows={rows}
        rowKey={(row) => row.id}
        rowHeight={68}
        total={hasMore ? null : rows.length}
        hasMore={hasMore}
        onMore={onMore}
        onOpen={onOpen}
      />
    </TableFrame>
  )
}

function NothingYet() {
  const { t } = useTranslation('activity')
  return (
    <EmptyState icon={IconHistory} title={t('empty.title')}>
      {t('empty.text')}
    </EmptyState>
  )
}

function NoneFound() {
  const { t } = useTranslation('activity')
  const navigate = route.useNavigate()
  return (
    <NothingFound
      title={t('empty.noneTitle')}
      clear={t('filter.clear')}
      onClear={() => void navigate({ search: {}, replace: true })}
    >
      {t('empty.noneText')}
    </NothingFound>
  )
}
