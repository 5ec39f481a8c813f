import { Button } from '@mantine/core'
import { IconUserPlus, IconUserSearch } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { BeneficiaryRow } from '../../../shared/contract/beneficiaries.ts'
import type { Choosing } from '../../ui/bulk/use-selection.ts'
import type { Column } from '../../ui/columns.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { VirtualTable } from '../../ui/VirtualTable.tsx'
import type { useBeneficiaryList } from './use-beneficiary-list.ts'

type BeneficiaryListProps = ReturnType<typeof useBeneficiaryList> & {
  columns: Column<BeneficiaryRow>[]
  order: string | undefined
  onOrder: (order: string | undefined) => void
  choosing: Choosing
  isNarrowed: boolean
  onClear: () => void
  addButton: ReactNode
}

export function BeneficiaryList(props: BeneficiaryListProps) {
  const { list, rows, total, columns, order, onOrder, choosing, isNarrowed, onClear, addButton } = props
  const { t } = useTranslation('beneficiaries')
  const navigate = useNavigate()
  const { fetchNextPage, isFetchingNextPage } = list
  const loadMore = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage()
  }, [fetchNextPage, isFetchingNextPage])

  if (list.isPending) return <LoadingRows />
  if (list.isError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />
  if (rows.length === 0) return isNarrowed ? <NothingFound onClear={onClear} /> : <NobodyYet addButton={addButton} />
  return (
    <VirtualTable<BeneficiaryRow>
      label={t('table')}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      total={total}
      order={order ?? 'name'}
      onOrder={onOrder}
      choosing={choosing}
      isStale={list.isPlaceholderData}
      hasMore={list.hasNextPage}
      onMore={loadMore}
      onOpen={({ id }) => void navigate({ to: '/beneficiaries/$id', params: { id }, search: true })}
    />
  )
}

function NobodyYet({ addButton }: { addButton: ReactNode }) {
  const { t } = useTranslation('beneficiaries')
  return (
    <EmptyState icon={IconUserPlus} title={t('empty.title')} action={addButton}>
      {t('empty.text')}
    </EmptyState>
  )
}

function NothingFound({ onClear }: { onClear: () => void }) {
  const { t } = useTranslation('beneficiaries')
  return (
    <EmptyState
      icon={IconUserSearch}
      title={t('noResult.title')}
      action={
        <Button variant="default" onClick={onClear}>
          {t('filter.clear')}
        </Button>
      }
    >
      {t('noResult.text')}
    </EmptyState>
  )
}
