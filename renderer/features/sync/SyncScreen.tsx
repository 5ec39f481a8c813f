import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { SyncState } from '../../../shared/contract/sync.ts'
import { mayUse } from '../../../shared/permissions.ts'
import { api } from '../../lib/client.ts'
import { actorKindOf, useMe } from '../../lib/session.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { FormProblem } from '../../ui/FormProblem.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { Alone } from './Alone.tsx'
import { ConnectionFacts } from './ConnectionFacts.tsx'
import { ContentsOnTheWay } from './ContentsOnTheWay.tsx'
import { FirstExchange } from './FirstExchange.tsx'
import { LeaveCentre } from './LeaveCentre.tsx'
import { ParkedRows } from './ParkedRows.tsx'
import { RefusedRows } from './RefusedRows.tsx'
import { Revoked } from './Revoked.tsx'
import { SyncSentence } from './SyncSentence.tsx'
import { SyncTabs } from './SyncTabs.tsx'
import { WayThere } from './WayThere.tsx'

/** Whether this computer works alone or with a centre, how that goes, and the way in and out; for administrators. */
export function SyncScreen() {
  const { t } = useTranslation('sync')
  const state = useQuery(
    api.sync.state.queryOptions({ refetchInterval: ({ state: { data } }) => (data?.running ? 500 : 3_000) }),
  )
  const connection = state.data?.connection
  return (
    <Page>
      <PageHeader
        title={t('title')}
        note={state.data && connection && <SyncSentence state={state.data} />}
        actions={state.data && connection && state.data.status !== 'revoked' && <SyncNow state={state.data} />}
      />
      {state.isPending && <LoadingRows count={3} />}
      {state.isError && <ErrorState error={state.error} onRetry={() => void state.refetch()} />}
      {state.data && !connection && <Alone />}
      {state.data && connection && <Connected state={state.data} connection={connection} />}
    </Page>
  )
}

interface ConnectedProps {
  state: SyncState
  connection: NonNullable<SyncState['connection']>
}

function Connected({ state, connection }: ConnectedProps) {
  const me = useMe()
  return (
    <>
      <SyncTabs />
      {state.status === 'revoked' && <Revoked state={state} organization={connection.organizationName} />}
      {state.running && state.lastSuccessAt === null && <FirstExchange running={state.running} />}
      <ConnectionFacts state={state} connection={connection} />
      <ContentsOnTheWay contents={state.contents} />
      <RefusedRows count={state.refused} />
      {state.parked > 0 && <ParkedRows />}
      {mayUse(actorKindOf(me), 'sync.way') && <WayThere />}
      {mayUse(actorKindOf(me), 'sync.leave') && (
        <LeaveCentre organization={connection.organizationName} queued={state.queued} />
      )}
    </>
  )
}

function SyncNow({ state }: { state: SyncState }) {
  const { t } = useTranslation('sync')
  const queryClient = useQueryClient()
  const begin = useMutation(
    api.sync.now.mutationOptions({
      onSettled: () => queryClient.invalidateQueries({ queryKey: api.sync.key() }),
    }),
  )
  return (
    <>
      <FormProblem error={begin.error} />
      <Button loading={begin.isPending || state.running !== null} onClick={() => begin.mutate(undefined)}>
        {t('sentence.now')}
      </Button>
    </>
  )
}
