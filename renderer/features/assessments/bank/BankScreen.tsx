import { Button, Menu } from '@mantine/core'
import { IconBooks, IconPlus } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BankRow } from '../../../../shared/contract/bank.ts'
import { type QuestionType, questionTypes } from '../../../../shared/contract/questions.ts'
import { mayUse } from '../../../../shared/permissions.ts'
import { actorKindOf, useMe } from '../../../lib/session.ts'
import { BackLink } from '../../../ui/BackLink.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { LoadingRows } from '../../../ui/LoadingRows.tsx'
import { NothingFound } from '../../../ui/NothingFound.tsx'
import { shownColumns } from '../../../ui/order.ts'
import { Page } from '../../../ui/Page.tsx'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { QuestionTypeIcon } from '../../../ui/question/QuestionTypeIcon.tsx'
import { ViewsMenu } from '../../../ui/saved-views/ViewsMenu.tsx'
import { VirtualTable } from '../../../ui/VirtualTable.tsx'
import { BankActions } from './BankActions.tsx'
import { BankFilters } from './BankFilters.tsx'
import { BankQuestion, type Opened } from './BankQuestion.tsx'
import { useBankColumns } from './use-bank-columns.tsx'
import { useBankList } from './use-bank-list.ts'
import { useChosen } from './use-chosen.ts'

const route = getRouteApi('/staff/bank')

/** The questions that belong to no assessment. */
export function BankScreen() {
  const { t } = useTranslation('bank')
  const { search = '', hide, sequence, ...filter } = route.useSearch()
  const navigate = route.useNavigate()
  const [opened, setOpened] = useState<Opened | null>(null)
  const mayWrite = mayUse(actorKindOf(useMe()), 'assessments.create')
  const { list, rows, total, loadMore } = useBankList({ search, ...filter })
  const { chosen, begin, end, toggle } = useChosen()
  const columns = useBankColumns(chosen)
  const isNarrowed = search !== '' || Object.values(filter).some((value) => value !== undefined)
  const isEmpty = list.isSuccess && rows.length === 0
  const actions = (
    <>
      <BankActions
        filter={{ search, ...filter }}
        isEmpty={rows.length === 0}
        mayWrite={mayWrite}
        chosen={chosen}
        onChoose={begin}
        onChosen={end}
      />
      {mayWrite && !chosen && <NewQuestionMenu onNew={(type) => setOpened({ type })} />}
    </>
  )
  return (
    <Page fit="fill">
      <PageHeader
        title={t('title')}
        back={<BackLink to="/assessments">{t('back')}</BackLink>}
        note={total !== null && t('count', { count: total })}
        actions={actions}
      />
      <BankFilters
        filter={{ search, ...filter }}
        onChange={(part) =>
          void navigate({
            search: (before) => ({ ...before, ...part, search: (part.search ?? before.search) || undefined }),
            replace: true,
          })
        }
      >
        <ViewsMenu list="bank" columns={columns} />
      </BankFilters>
      {list.isPending && <LoadingRows />}
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {isEmpty && isNarrowed && (
        <NothingFound
          title={t('noneTitle')}
          clear={t('showAll')}
          onClear={() => void navigate({ search: { hide, sequence }, replace: true })}
        >
          {t('noneText')}
        </NothingFound>
      )}
      {isEmpty && !isNarrowed && (
        <EmptyState icon={IconBooks} title={t('emptyTitle')}>
          {t('emptyText')}
        </EmptyState>
      )}
      {rows.length > 0 && (
        <VirtualTable<BankRow>
          label={t('title')}
          columns={shownColumns(columns, { hide, sequence })}
          rows={rows}
          rowKey={({ id }) => id}
          total={total}
          rowHeight={68}
          isStale={list.isPlaceholderData}
          hasMore={list.hasNextPage}
          onMore={loadMore}
          onOpen={(row) => (chosen ? toggle(row.id) : setOpened({ row }))}
        />
      )}
      <BankQuestion opened={opened} mayWrite={mayWrite} onClose={() => setOpened(null)} />
    </Page>
  )
}

function NewQuestionMenu({ onNew }: { onNew: (type: QuestionType) => void }) {
  const { t } = useTranslation(['bank', 'question'])
  return (
    <Menu>
      <Menu.Target>
        <Button leftSection={<IconPlus size={18} aria-hidden />}>{t('new')}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {questionTypes.map((type) => (
          <Menu.Item key={type} leftSection={<QuestionTypeIcon question={{ type }} />} onClick={() => onNew(type)}>
            {t(`question:type.${type}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
