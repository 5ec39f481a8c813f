import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus, IconUsersGroup } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { GroupRow } from '../../../shared/contract/groups.ts'
import { api } from '../../lib/client.ts'
import { formatNumber } from '../../lib/format.ts'
import { BackLink } from '../../ui/BackLink.tsx'
import type { Column } from '../../ui/columns.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { VirtualTable } from '../../ui/VirtualTable.tsx'
import { GroupDialog } from './GroupDialog.tsx'
import { useOwnOnly } from './use-own-only.ts'

export function GroupsScreen() {
  const { t } = useTranslation('groups')
  const navigate = useNavigate()
  const list = useQuery(api.groups.list.queryOptions())
  const [isCreating, creating] = useDisclosure(false)
  const columns = useGroupColumns()
  const isEmpty = list.data?.length === 0
  const create = (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={creating.open}>
      {t('create')}
    </Button>
  )
  const open = (id: number) => void navigate({ to: '/groups/$id', params: { id } })
  return (
    <Page fit="fill">
      <PageHeader
        title={t('title')}
        back={<BackLink to="/beneficiaries">{t('back')}</BackLink>}
        note={list.data && !isEmpty && t('count', { count: list.data.length })}
        actions={!isEmpty && create}
      />
      {list.isPending && <LoadingRows />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {isEmpty && (
        <EmptyState icon={IconUsersGroup} title={t('emptyTitle')} action={create}>
          {t('emptyText')}
        </EmptyState>
      )}
      {list.data && !isEmpty && (
        <VirtualTable
          label={t('title')}
          columns={columns}
          rows={list.data}
          rowKey={({ id }) => id}
          total={list.data.length}
          onOpen={({ id }) => open(id)}
        />
      )}
      <GroupDialog isOpen={isCreating} onClose={creating.close} onSaved={open} />
    </Page>
  )
}

function useGroupColumns(): Column<GroupRow>[] {
  const { t } = useTranslation('groups')
  const isOwnOnly = useOwnOnly()
  return [
    { id: 'name', header: t('name'), width: 'minmax(0, 1fr)', cell: ({ name }) => <bdi>{name}</bdi> },
    {
      id: 'description',
      header: t('description'),
      width: 'minmax(0, 1fr)',
      from: 620,
      cell: ({ description }) => <bdi>{description}</bdi>,
    },
    {
      id: 'members',
      header: t(isOwnOnly ? 'ownMembers' : 'members'),
      width: '7rem',
      align: 'end',
      cell: ({ memberCount }) => formatNumber(memberCount),
    },
  ]
}
