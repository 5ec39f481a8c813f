import { Button, Group, Select } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBooks, IconClipboardText, IconFileImport, IconPlus } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type AssessmentRow, AssessmentStatus, assessmentStatuses } from '../../../shared/contract/assessments.ts'
import { mayUse } from '../../../shared/permissions.ts'
import { api } from '../../lib/client.ts'
import { actorKindOf, useMe } from '../../lib/session.ts'
import { useRouteReady } from '../../lib/use-route-ready.ts'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import type { Column } from '../../ui/columns.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { TableFrame } from '../../ui/ListCells.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { NothingFound } from '../../ui/NothingFound.tsx'
import { inOrder, shownColumns } from '../../ui/order.ts'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { ViewsMenu } from '../../ui/saved-views/ViewsMenu.tsx'
import { VirtualTable } from '../../ui/VirtualTable.tsx'
import { useAssessmentColumns } from './assessment-columns.tsx'
import { NewAssessmentDialog } from './NewAssessmentDialog.tsx'
import { ImportDialog } from './question-import/ImportDialog.tsx'

const route = getRouteApi('/staff/assessments')

export function AssessmentsScreen() {
  const { t } = useTranslation('assessments')
  useRouteReady('/staff/assessments/$id')
  const { search = '', status, order, hide, sequence } = route.useSearch()
  const columns = useAssessmentColumns()
  const list = useQuery(
    api.assessments.list.queryOptions({ input: { search, status }, placeholderData: keepPreviousData }),
  )
  const mayWrite = mayUse(actorKindOf(useMe()), 'assessments.create')
  const [isCreating, creating] = useDisclosure(false)
  const [isImporting, importing] = useDisclosure(false)
  const isFiltered = search !== '' || status !== undefined
  const isEmpty = list.data?.length === 0 && !isFiltered
  const ways = mayWrite && <WaysIn onCreate={creating.open} onImport={importing.open} />

  return (
    <Page fit="fill">
      <PageHeader
        title={t('list.title')}
        note={list.data && !isEmpty && t('list.count', { count: list.data.length })}
        actions={
          <>
            <BankLink />
            {!isEmpty && ways}
          </>
        }
      />
      {!isEmpty && (
        <Filters search={search} status={status}>
          <ViewsMenu list="assessments" columns={columns} />
        </Filters>
      )}
      {list.isPending && <LoadingRows />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && list.data.length > 0 && (
        <AssessmentTable
          rows={inOrder(list.data, columns, order)}
          columns={shownColumns(columns, { hide, sequence })}
          order={order}
        />
      )}
      {isEmpty && (
        <EmptyState icon={IconClipboardText} title={t('list.emptyTitle')} action={ways}>
          {t('list.emptyText')}
        </EmptyState>
      )}
      {list.data?.length === 0 && isFiltered && <NoneFound />}
      <NewAssessmentDialog isOpen={isCreating} onClose={creating.close} />
      <ImportDialog target="newAssessment" isOpen={isImporting} onClose={importing.close} />
    </Page>
  )
}

interface AssessmentTableProps {
  rows: AssessmentRow[]
  columns: Column<AssessmentRow>[]
  order: string | undefined
}

function AssessmentTable({ rows, columns, order }: AssessmentTableProps) {
  const { t } = useTranslation('assessments')
  const navigate = route.useNavigate()
  return (
    <TableFrame>
      <VirtualTable
        label={t('list.title')}
        columns={columns}
        order={order}
        onOrder={(next) => void navigate({ search: (before) => ({ ...before, order: next }), replace: true })}
        rows={rows}
        rowKey={(row) => row.id}
        total={rows.length}
        rowHeight={68}
        onOpen={({ id }) => void navigate({ to: '/assessments/$id', params: { id } })}
      />
    </TableFrame>
  )
}

function WaysIn({ onCreate, onImport }: { onCreate: () => void; onImport: () => void }) {
  const { t } = useTranslation('assessments')
  return (
    <Group gap="sm">
      <Button variant="default" leftSection={<IconFileImport size={18} aria-hidden />} onClick={onImport}>
        {t('list.import')}
      </Button>
      <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={onCreate}>
        {t('list.create')}
      </Button>
    </Group>
  )
}

interface FiltersProps {
  search: string
  status: AssessmentStatus | undefined
  children: ReactNode
}

function Filters({ search, status, children }: FiltersProps) {
  const { t } = useTranslation('assessments')
  const navigate = route.useNavigate()
  const options = assessmentStatuses.map((value) => ({ value, label: t(`status.${value}`) }))
  return (
    <Group gap="sm">
      <SearchField
        flex={1}
        miw={180}
        label={t('list.search')}
        value={search}
        onSearch={(text) =>
          void navigate({ search: (before) => ({ ...before, search: text || undefined }), replace: true })
        }
      />
      <Select
        flex={1}
        miw={150}
        maw={190}
        aria-label={t('list.status')}
        placeholder={t('list.anyStatus')}
        clearable
        data={options}
        value={status ?? null}
        onChange={(value) =>
          void navigate({
            search: (before) => ({ ...before, status: AssessmentStatus.optional().parse(value ?? undefined) }),
            replace: true,
          })
        }
      />
      {children}
    </Group>
  )
}

function NoneFound() {
  const { t } = useTranslation('assessments')
  const navigate = route.useNavigate()
  return (
    <NothingFound
      title={t('list.noneFoundTitle')}
      clear={t('list.showAll')}
      onClear={() =>
        void navigate({ search: ({ order, hide, sequence }) => ({ order, hide, sequence }), replace: true })
      }
    >
      {t('list.noneFoundText')}
    </NothingFound>
  )
}

function BankLink() {
  const { t } = useTranslation('bank')
  return (
    <ButtonLink to="/bank" variant="default" leftSection={<IconBooks size={18} aria-hidden />}>
      {t('link')}
    </ButtonLink>
  )
}
