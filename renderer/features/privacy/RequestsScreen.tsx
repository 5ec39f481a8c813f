import { Button } from '@mantine/core'
import { IconMailQuestion } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PrivacyRequest } from '../../../shared/contract/privacy.ts'
import { api } from '../../lib/client.ts'
import { formatDay } from '../../lib/format.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Apart, canBeToldApart } from '../../ui/person-option.tsx'
import { Row, RowList } from '../../ui/RowList.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { NewRequest } from './NewRequest.tsx'
import { PrivacyTabs } from './PrivacyTabs.tsx'
import { RequestActions } from './RequestActions.tsx'

/** Who asked for their data or to be erased, until when, and what came of it. */
export function RequestsScreen() {
  const { t } = useTranslation('privacy')
  const requests = useQuery(api.privacy.requests.queryOptions())
  const [isNew, setNew] = useState(false)
  return (
    <Page>
      <PageHeader
        title={t('title')}
        note={t('note')}
        actions={<Button onClick={() => setNew(true)}>{t('requests.new')}</Button>}
      />
      <PrivacyTabs />
      {requests.isPending && <LoadingRows count={3} />}
      {requests.isError && <ErrorState error={requests.error} onRetry={() => void requests.refetch()} />}
      {requests.data?.length === 0 && (
        <EmptyState icon={IconMailQuestion} title={t('requests.emptyTitle')}>
          {t('requests.emptyText')}
        </EmptyState>
      )}
      {requests.data && requests.data.length > 0 && (
        <RowList>
          {requests.data.map((request) => (
            <RequestRow key={request.id} request={request} />
          ))}
        </RowList>
      )}
      {isNew && <NewRequest onClose={() => setNew(false)} />}
    </Page>
  )
}

function RequestRow({ request }: { request: PrivacyRequest }) {
  const { t } = useTranslation('privacy')
  const { person, kind, receivedFrom, receivedOn, dueOn, outcome, note, doneAt, doneBy } = request
  const name = person.isErased ? t('requests.erased', { number: person.id }) : person.name
  const received = receivedFrom
    ? t('requests.received', { day: formatDay(receivedOn), from: receivedFrom })
    : t('requests.receivedOn', { day: formatDay(receivedOn) })
  return (
    <Row
      name={
        <>
          <bdi>{name}</bdi> · {t(`requests.kind.${kind}`)}
        </>
      }
      facts={[
        ...(!person.isErased && canBeToldApart(person) ? [<Apart key="apart" person={person} />] : []),
        <RequestState key="state" request={request} />,
        received,
        ...(doneAt === null
          ? [t('requests.due', { day: formatDay(dueOn) })]
          : [t('requests.closed', { day: formatDay(doneAt.slice(0, 10)), name: doneBy ?? '–' })]),
        ...(outcome && note ? [<bdi key="note">{note}</bdi>] : []),
      ]}
      actions={doneAt === null && <RequestActions request={request} />}
    />
  )
}

function RequestState({ request: { outcome, isLate } }: { request: PrivacyRequest }) {
  const { t } = useTranslation('privacy')
  if (outcome) {
    return <StatusBadge tone={outcome === 'done' ? 'good' : 'neutral'}>{t(`requests.outcome.${outcome}`)}</StatusBadge>
  }
  return <StatusBadge tone={isLate ? 'bad' : 'waiting'}>{t(isLate ? 'requests.late' : 'requests.open')}</StatusBadge>
}
