import { SegmentedControl, Text } from '@mantine/core'
import { IconScale } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { type ComponentProps, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/client.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { LoadingRows } from '../../../ui/LoadingRows.tsx'
import { Page } from '../../../ui/Page.tsx'
import { PageHeader } from '../../../ui/PageHeader.tsx'
import { SyncTabs } from '../SyncTabs.tsx'
import { ConflictCard } from './ConflictCard.tsx'
import classes from './conflicts.module.css'
import { OnTwoComputers } from './OnTwoComputers.tsx'
import { TooLate } from './TooLate.tsx'

type Late = Omit<ComponentProps<typeof TooLate>, 'onRead'>

const route = getRouteApi('/staff/sync/conflicts')

/** What two machines wrote without knowing of each other, for a person to choose. */
export function ConflictsScreen() {
  const { t } = useTranslation('sync')
  const { decided = false } = route.useSearch()
  const navigate = route.useNavigate()
  const state = useQuery(api.sync.state.queryOptions())
  const conflicts = useQuery(api.sync.conflicts.queryOptions({ input: { decided }, refetchInterval: 10_000 }))
  const likely = useQuery(api.merges.likely.queryOptions())
  const pairs = decided ? [] : (likely.data?.pairs.filter(({ isAcross }) => isAcross) ?? [])
  const isNothing = conflicts.data?.length === 0 && pairs.length === 0 && (decided || !likely.isPending)
  const [late, setLate] = useState<Late[]>([])
  const site = state.data?.connection?.site ?? null
  const isElsewhere = conflicts.data?.some(({ kept, lost }) =>
    [kept, lost].some((side) => ![0, site].includes(side.site)),
  )
  return (
    <Page>
      <PageHeader title={t('conflicts.title')} note={t('conflicts.note')} />
      <SyncTabs />
      <SegmentedControl
        aria-label={t('conflicts.show')}
        value={decided ? 'decided' : 'open'}
        style={{ alignSelf: 'start' }}
        onChange={(value) => void navigate({ search: value === 'decided' ? { decided: true } : {}, replace: true })}
        data={[
          { value: 'open', label: t('conflicts.open') },
          { value: 'decided', label: t('conflicts.decided') },
        ]}
      />
      {late.map((one) => (
        <TooLate key={one.id} {...one} onRead={() => setLate((before) => before.filter(({ id }) => id !== one.id))} />
      ))}
      {conflicts.isPending && <LoadingRows count={3} />}
      {conflicts.isError && <ErrorState error={conflicts.error} onRetry={() => void conflicts.refetch()} />}
      {isNothing && (
        <EmptyState icon={IconScale} title={t(decided ? 'conflicts.noneDecided' : 'conflicts.none')}>
          {t('conflicts.noneText')}
        </EmptyState>
      )}
      {conflicts.data && conflicts.data.length > 0 && (
        <ul className={classes.list}>
          {conflicts.data.map((conflict) => (
            <ConflictCard
              key={conflict.id}
              conflict={conflict}
              ownSite={site}
              onTooLate={(one) => setLate((before) => [...before.filter(({ id }) => id !== one.id), one])}
            />
          ))}
        </ul>
      )}
      {isElsewhere && (
        <Text size="sm" c="var(--bdc-ink-soft)">
          {t('conflicts.numbers')}
        </Text>
      )}
      {pairs.length > 0 && <OnTwoComputers pairs={pairs} />}
    </Page>
  )
}
