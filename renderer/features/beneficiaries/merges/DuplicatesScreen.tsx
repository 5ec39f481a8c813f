import { IconUsers } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { LikelyPair } from '../../../../shared/contract/merges.ts'
import { api } from '../../../lib/client.ts'
import { BackLink } from '../../../ui/BackLink.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { LoadingRows } from '../../../ui/LoadingRows.tsx'
import { Page } from '../../../ui/Page.tsx'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { RowList } from '../../../ui/RowList.tsx'
import { ApartPairs } from './ApartPairs.tsx'
import { LikelyPairRow } from './LikelyPairRow.tsx'
import { MergedFiles } from './MergedFiles.tsx'
import classes from './merges.module.css'

/** Who may be written down twice, and which files were put together lately. */
export function DuplicatesScreen() {
  const { t } = useTranslation('merges')
  const likely = useQuery(api.merges.likely.queryOptions())
  return (
    <Page>
      <PageHeader
        title={t('title')}
        back={
          <BackLink to="/beneficiaries" search={{}}>
            {t('toList')}
          </BackLink>
        }
        note={t('note')}
      />
      {likely.isPending && <LoadingRows />}
      {likely.isError && <ErrorState error={likely.error} onRetry={() => void likely.refetch()} />}
      {likely.data && <Pairs {...likely.data} />}
      <ApartPairs />
      <MergedFiles />
    </Page>
  )
}

function Pairs({ pairs, hasMore }: { pairs: readonly LikelyPair[]; hasMore: boolean }) {
  const { t } = useTranslation('merges')
  if (pairs.length === 0) {
    return (
      <EmptyState icon={IconUsers} title={t('emptyTitle')}>
        {t('emptyText')}
      </EmptyState>
    )
  }
  return (
    <>
      <RowList>
        {pairs.map((pair) => (
          <LikelyPairRow key={`${pair.first.id} ${pair.second.id}`} pair={pair} />
        ))}
      </RowList>
      {hasMore && <p className={classes.more}>{t('hasMore')}</p>}
    </>
  )
}
