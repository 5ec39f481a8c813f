import { Button, Text } from '@mantine/core'
import { IconFiles, IconSearchOff, IconTrash } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, Outlet } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { mostDocuments } from '../../../shared/contract/documents.ts'
import { mayUse } from '../../../shared/permissions.ts'
import { api } from '../../lib/client.ts'
import { actorKindOf, useMe } from '../../lib/session.ts'
import { BulkJobs } from '../../ui/bulk/BulkJobs.tsx'
import { SelectionBar } from '../../ui/bulk/SelectionBar.tsx'
import { useSelection } from '../../ui/bulk/use-selection.ts'
import { AddFiles } from '../../ui/documents/uploads/AddFiles.tsx'
import { DropArea } from '../../ui/documents/uploads/DropArea.tsx'
import { StoppedUploads } from '../../ui/documents/uploads/StoppedUploads.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { inOrder, shownColumns } from '../../ui/order.ts'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { ViewsMenu } from '../../ui/saved-views/ViewsMenu.tsx'
import { VirtualTable } from '../../ui/VirtualTable.tsx'
import { ChangeDocuments } from './ChangeDocuments.tsx'
import { DocumentFilters } from './DocumentFilters.tsx'
import { StorageNote } from './StorageNote.tsx'
import { useDocumentColumns } from './use-document-columns.tsx'

const route = getRouteApi('/staff/documents')
const nowhereElse = { beneficiaryId: null, documentId: null }

/** The files of the organization and of its people; the panel for one of them opens beside the list. */
export function DocumentsScreen() {
  const { t } = useTranslation('documents')
  const { person, which, order, hide, sequence, ...filter } = route.useSearch()
  const navigate = route.useNavigate()
  const place = { ...nowhereElse, beneficiaryId: person ?? null }
  const list = useQuery(
    api.documents.list.queryOptions({
      input: { ...filter, view: which, beneficiaryId: person },
      placeholderData: keepPreviousData,
    }),
  )
  const columns = useDocumentColumns(which === 'deleted')
  const rows = inOrder(list.data?.rows ?? [], columns, order)
  const filters = { person, which, ...filter }
  const choosing = useSelection(rows, rows.length, JSON.stringify(filters))
  const isNarrowed = Object.values(filters).some((value) => value !== undefined)
  const isEmpty = list.isSuccess && rows.length === 0
  const clear = () => void navigate({ search: { order, hide, sequence }, replace: true })
  return (
    <Page fit="fill">
      <PageHeader
        title={t('title')}
        note={mayUse(actorKindOf(useMe()), 'documents.storage') && <StorageNote />}
        actions={(!isEmpty || isNarrowed) && <AddFiles place={place} />}
      />
      <StoppedUploads />
      {(!isEmpty || isNarrowed) && (
        <DocumentFilters
          filter={filters}
          onChange={(part) => void navigate({ search: (before) => ({ ...before, ...part }), replace: true })}
        >
          <ViewsMenu list="documents" columns={columns} />
        </DocumentFilters>
      )}
      <BulkJobs list="documents" />
      <SelectionBar choosing={choosing} total={rows.length}>
        <ChangeDocuments choosing={choosing} filter={filters} />
      </SelectionBar>
      <DropArea place={place}>
        {list.isPending && <LoadingRows />}
        {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
        {isEmpty && <NothingHere isNarrowed={isNarrowed} view={which} onClear={clear} />}
        {list.data?.isCut && <Text size="sm">{t('cut', { count: mostDocuments })}</Text>}
        {rows.length > 0 && (
          <VirtualTable
            label={t('title')}
            columns={shownColumns(columns, { hide, sequence })}
            order={order}
            onOrder={(next) => void navigate({ search: (before) => ({ ...before, order: next }), replace: true })}
            rows={rows}
            choosing={which === 'deleted' ? undefined : choosing}
            rowKey={({ id }) => id}
            rowHeight={68}
            total={rows.length}
            isStale={list.isPlaceholderData}
            onOpen={({ id }) => void navigate({ to: '/documents/$id', params: { id }, search: true })}
          />
        )}
      </DropArea>
      <Outlet />
    </Page>
  )
}

interface NothingHereProps {
  isNarrowed: boolean
  view: string | undefined
  onClear: () => void
}

function NothingHere({ isNarrowed, view, onClear }: NothingHereProps) {
  const { t } = useTranslation('documents')
  const showAll = (
    <Button variant="default" onClick={onClear}>
      {t('clear')}
    </Button>
  )
  if (view === 'deleted') {
    return (
      <EmptyState icon={IconTrash} title={t('noneRemovedTitle')} action={showAll}>
        {t('noneRemovedText')}
      </EmptyState>
    )
  }
  if (isNarrowed) {
    return (
      <EmptyState icon={IconSearchOff} title={t('noneTitle')} action={showAll}>
        {t('noneText')}
      </EmptyState>
    )
  }
  return (
    <EmptyState icon={IconFiles} title={t('emptyTitle')} action={<EmptyActions />}>
      {t('emptyText')}
    </EmptyState>
  )
}

function EmptyActions() {
  return (
    <div style={{ display: 'flex', flexWrap: 'wrap', gap: '0.75rem', justifyContent: 'center' }}>
      <AddFiles place={nowhereElse} />
    </div>
  )
}
