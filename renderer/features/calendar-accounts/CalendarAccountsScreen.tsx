import { Button } from '@mantine/core'
import { IconCalendarShare, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client.ts'
import { BackLink } from '../../ui/BackLink.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { RowList } from '../../ui/RowList.tsx'
import { AccountRow } from './AccountRow.tsx'
import { AddCaldavDrawer } from './AddCaldavDrawer.tsx'
import { GooglePart } from './GooglePart.tsx'
import { NoticeList } from './NoticeList.tsx'

/** Calendars elsewhere, such as on one's phone, that show one's own appointments and say when one is busy. */
export function CalendarAccountsScreen() {
  const { t } = useTranslation('calendarAccounts')
  const list = useQuery(api.calendarAccounts.list.queryOptions({ refetchInterval: 5000 }))
  const [isAdding, setAdding] = useState(false)
  const { accounts = [], notices = [] } = list.data ?? {}
  const add = (
    <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setAdding(true)}>
      {t('add')}
    </Button>
  )
  return (
    <Page>
      <PageHeader
        title={t('title')}
        note={t('note')}
        back={<BackLink to="/account">{t('back')}</BackLink>}
        actions={accounts.length > 0 && add}
      />
      {list.isPending && <LoadingRows count={2} />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && accounts.length === 0 && (
        <EmptyState icon={IconCalendarShare} title={t('emptyTitle')} action={add}>
          {t('emptyText')}
        </EmptyState>
      )}
      {accounts.length > 0 && (
        <RowList>
          {accounts.map((account) => (
            <AccountRow key={account.id} account={account} />
          ))}
        </RowList>
      )}
      {notices.length > 0 && <NoticeList notices={notices} />}
      <GooglePart />
      <AddCaldavDrawer isOpen={isAdding} onClose={() => setAdding(false)} />
    </Page>
  )
}
