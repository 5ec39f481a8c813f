import { Group } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { LikelyPair } from '../../../../shared/contract/merges.ts'
import { api } from '../../../lib/client.ts'
import { formatDay } from '../../../lib/format.ts'
import { BackLink } from '../../../ui/BackLink.tsx'
import { ButtonLink } from '../../../ui/ButtonLink.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { LoadingRows } from '../../../ui/LoadingRows.tsx'
import { Page } from '../../../ui/Page.tsx'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { Row, RowList } from '../../../ui/RowList.tsx'
import { ApartButton } from './ApartButton.tsx'
import { ApartPairs } from './ApartPairs.tsx'
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
          <Pair key={`${pair.first.id} ${pair.second.id}`} pair={pair} />
        ))}
      </RowList>
      {hasMore && <p className={classes.more}>{t('hasMore')}</p>}
    </>
  )
}

function Pair({ pair: { first, second, causes } }: { pair: LikelyPair }) {
  const { t } = useTranslation(['merges', 'beneficiaries'])
  return (
    <Row
      name={
        <>
          <bdi>{first.name}</bdi> <span className={classes.and}>{t('and')}</span> <bdi>{second.name}</bdi>
        </>
      }
      facts={[
        causes.map((cause) => t(`beneficiaries:alike.cause.${cause}`)).join(' · '),
        <About key="who" people={[first, second]} />,
      ]}
      actions={
        <Group gap="xs">
          <ApartButton first={first} second={second} />
          <ButtonLink
            size="xs"
            variant="default"
            to="/beneficiaries/$id/merge/$other"
            params={{ id: first.id, other: second.id }}
            aria-label={t('compareOf', { first: first.name, second: second.name })}
          >
            {t('compare')}
          </ButtonLink>
        </Group>
      }
    />
  )
}

/** What tells the two apart at a glance; nothing where nothing is known. */
function About({ people }: { people: readonly LikelyPair['first'][] }) {
  const { t } = useTranslation('merges')
  const facts = people.map(({ dateOfBirth, trainerName }) =>
    [dateOfBirth && formatDay(dateOfBirth), trainerName && `\u2068${trainerName}\u2069`].filter(Boolean).join(', '),
  )
  if (facts.every((fact) => fact === '')) return null
  return <>{facts.map((fact) => fact || t('nothingKnown')).join(' / ')}</>
}
