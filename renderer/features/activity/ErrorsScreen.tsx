import { Drawer, Group, Select, Stack, Text } from '@mantine/core'
import { IconMoodSmile } from '@tabler/icons-react'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ErrorRow, Severity, severities } from '../../../shared/contract/activity.ts'
import { api, client } from '../../lib/client.ts'
import { formatMoment } from '../../lib/format.ts'
import type { Column } from '../../ui/columns.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { NameCell, TableFrame } from '../../ui/ListCells.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { NothingFound } from '../../ui/NothingFound.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { StatusBadge, type Tone } from '../../ui/StatusBadge.tsx'
import { VirtualTable } from '../../ui/VirtualTable.tsx'
import { ActivityTabs } from './ActivityTabs.tsx'
import classes from './activity.module.css'
import { DayFields } from './DayFields.tsx'
import { ExportMenu } from './ExportMenu.tsx'
import { startOf } from './filter.ts'

const route = getRouteApi('/staff/activity/errors')

/** What went wrong in the program; for administrators. */
export function ErrorsScreen() {
  const { t } = useTranslation('activity')
  const { severity, number, from, until } = route.useSearch()
  const filter = { severity, requestId: number, from: startOf(from, 0), until: startOf(until, 1) }
  const [opened, setOpened] = useState<ErrorRow | null>(null)
  const list = useInfiniteQuery(
    api.activity.errors.infiniteOptions({
      input: (after: string | undefined) => ({ ...filter, after }),
      initialPageParam: undefined,
      getNextPageParam: (page) => page.next ?? undefined,
      placeholderData: keepPreviousData,
    }),
  )
  const rows = list.data?.pages.flatMap((page) => page.rows) ?? []
  const isFiltered = Object.values(filter).some((value) => value !== undefined)
  return (
    <Page fit="fill">
      <PageHeader
        title={t('title')}
        note={t('note')}
        actions={<ExportMenu onExport={(format) => client.activity.exportErrors({ format, filter })} />}
      />
      <ActivityTabs />
      <ErrorFilters />
      {list.isPending && <LoadingRows />}
      {list.isError && rows.length === 0 && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {rows.length > 0 && (
        <TableFrame>
          <VirtualTable
            label={t('tabs.errors')}
            columns={useErrorColumns()}
            rows={rows}
            rowKey={(row) => row.id}
            rowHeight={68}
            total={list.hasNextPage ? null : rows.length}
            hasMore={list.hasNextPage}
            onMore={() => !list.isFetchingNextPage && void list.fetchNextPage()}
            onOpen={setOpened}
          />
        </TableFrame>
      )}
      {list.isSuccess && rows.length === 0 && <NoErrors isFiltered={isFiltered} />}
      {opened && <ErrorDrawer error={opened} onClose={() => setOpened(null)} />}
    </Page>
  )
}

function ErrorFilters() {
  const { t } = useTranslation('activity')
  const { severity, number = '', from, until } = route.useSearch()
  const navigate = route.useNavigate()
  const narrow = (change: ReturnType<typeof route.useSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  return (
    <Group gap="sm">
      <SearchField
        flex={1}
        miw={180}
        maw={320}
        label={t('filter.requestId')}
        value={number}
        onSearch={(text) => narrow({ number: text || undefined })}
      />
      <Select
        flex={1}
        miw={150}
        maw={220}
        clearable
        aria-label={t('filter.severity')}
        placeholder={t('filter.anySeverity')}
        data={severities.map((value) => ({ value, label: t(`severity.${value}`) }))}
        value={severity ?? null}
        onChange={(value) => narrow({ severity: Severity.optional().parse(value ?? undefined) })}
      />
      <DayFields from={from} until={until} onChange={narrow} />
    </Group>
  )
}

const tones: Record<Severity, Tone> = {
  debug: 'neutral',
  info: 'neutral',
  warning: 'waiting',
  error: 'bad',
  critical: 'bad',
}

function useErrorColumns(): Column<ErrorRow>[] {
  const { t } = useTranslation('activity')
  return [
    {
      id: 'error',
      header: t('column.error'),
      width: 'minmax(0, 1fr)',
      cell: (row) => (
        <NameCell
          name={<bdi dir="ltr">{row.message}</bdi>}
          facts={
            <>
              <bdi dir="ltr">{row.place}</bdi>
              <span className={classes.narrow}> · {formatMoment(row.at)}</span>
            </>
          }
        />
      ),
    },
    {
      id: 'severity',
      header: t('column.severity'),
      width: '9rem',
      from: 520,
      cell: (row) => <StatusBadge tone={tones[row.severity]}>{t(`severity.${row.severity}`)}</StatusBadge>,
    },
    {
      id: 'who',
      header: t('column.who'),
      width: '12rem',
      from: 800,
      cell: (row) => <bdi>{row.userName ?? '–'}</bdi>,
    },
    {
      id: 'when',
      header: t('column.when'),
      width: '10.5rem',
      from: 520,
      align: 'end',
      cell: (row) => formatMoment(row.at),
    },
  ]
}

function ErrorDrawer({ error, onClose }: { error: ErrorRow; onClose: () => void }) {
  const { t } = useTranslation('activity')
  const { t: common } = useTranslation()
  const code = (text: string) => (
    <bdi dir="ltr" className={classes.code}>
      {text}
    </bdi>
  )
  return (
    <Drawer
      opened
      onClose={onClose}
      size={620}
      title={error.type}
      closeButtonProps={{ 'aria-label': common('action.close') }}
    >
      <Stack gap="md">
        <Facts
          facts={[
            { name: t('column.when'), value: formatMoment(error.at) },
            { name: t('column.severity'), value: t(`severity.${error.severity}`) },
            { name: t('column.error'), value: code(error.message) },
            { name: t('column.place'), value: code(error.place) },
            { name: t('column.requestId'), value: code(error.requestId ?? '–') },
            { name: t('column.who'), value: <bdi>{error.userName ?? '–'}</bdi> },
          ]}
        />
        <div>
          <Text fw={600} size="sm">
            {t('detail.places')}
          </Text>
          {error.places.map((place) => (
            <div key={place}>{code(place)}</div>
          ))}
        </div>
      </Stack>
    </Drawer>
  )
}

function NoErrors({ isFiltered }: { isFiltered: boolean }) {
  const { t } = useTranslation('activity')
  const navigate = route.useNavigate()
  if (!isFiltered)
    return (
      <EmptyState icon={IconMoodSmile} title={t('empty.errorsTitle')}>
        {t('empty.errorsText')}
      </EmptyState>
    )
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
