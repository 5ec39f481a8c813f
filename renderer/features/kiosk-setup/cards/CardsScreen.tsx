import { IconId } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { IssuedCard } from '../../../../shared/contract/kiosk.ts'
import { api } from '../../../lib/client.ts'
import { BackLink } from '../../../ui/BackLink.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { LoadingRows } from '../../../ui/LoadingRows.tsx'
import { Page } from '../../../ui/Page.tsx'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { SearchField } from '../../../ui/SearchField.tsx'
import { ChooseLearners } from './ChooseLearners.tsx'
import { IssuedCards } from './IssuedCards.tsx'

const route = getRouteApi('/staff/kiosk-setup/cards')

/** Who gets a PIN, pictures or a card; the new secrets are on this page until it is left, and nowhere after. */
export function CardsScreen() {
  const { t } = useTranslation('kioskSetup')
  const { group } = route.useSearch()
  const [search, setSearch] = useState('')
  const [issued, setIssued] = useState<IssuedCard[] | null>(null)
  const people = useQuery(
    api.kiosk.credentials.queryOptions({ input: { search, groupId: group }, placeholderData: (before) => before }),
  )
  if (issued) return <IssuedCards cards={issued} onDone={() => setIssued(null)} />
  return (
    <Page>
      <PageHeader
        title={t('cards.title')}
        note={t('cards.note')}
        back={<BackLink to="/kiosk-setup">{t('title')}</BackLink>}
      />
      <SearchField label={t('cards.search')} value={search} onSearch={setSearch} />
      {people.isPending ? (
        <LoadingRows />
      ) : people.isError ? (
        <ErrorState error={people.error} onRetry={() => void people.refetch()} />
      ) : people.data.people.length === 0 ? (
        <EmptyState icon={IconId} title={t('cards.nobody')}>
          {t('cards.nobodyText')}
        </EmptyState>
      ) : (
        <ChooseLearners people={people.data.people} hasMore={people.data.more} onIssued={setIssued} />
      )}
    </Page>
  )
}
