import { Button } from '@mantine/core'
import { IconUserSearch, IconUsers } from '@tabler/icons-react'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/client.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { LoadingRows } from '../../../ui/LoadingRows.tsx'
import { usePageTitle } from '../../../ui/page-title.ts'
import { SearchField } from '../../../ui/SearchField.tsx'
import { KioskFrame } from '../KioskFrame.tsx'
import kiosk from '../kiosk.module.css'
import { HomeMark } from './HomeMark.tsx'
import { LeaveKiosk } from './LeaveKiosk.tsx'
import { NameTiles } from './NameTiles.tsx'
import { useSeatChanged } from './seat-changed.ts'

/** "Who are you?": a learner takes this kiosk by touching a name. */
export function Roster() {
  const { t } = useTranslation('kiosk')
  usePageTitle(t('roster.title'))
  const [search, setSearch] = useState('')
  const seatChanged = useSeatChanged()
  const roster = useQuery(
    api.delivery.roster.queryOptions({ input: { search }, placeholderData: keepPreviousData, refetchInterval: 60_000 }),
  )
  const sitDown = useMutation(api.delivery.sitDown.mutationOptions({ onSuccess: seatChanged }))

  return (
    <KioskFrame start={<HomeMark />} end={<LeaveKiosk />}>
      <div className={kiosk.page}>
        <div>
          <h1 className={kiosk.title} tabIndex={-1}>
            {t('roster.title')}
          </h1>
          <p className={kiosk.hint}>{t('roster.hint')}</p>
        </div>
        <SearchField size="xl" label={t('roster.search')} value={search} onSearch={setSearch} autoComplete="off" />
        <FormProblem error={sitDown.error} />
        {roster.isPending ? (
          <LoadingRows />
        ) : roster.isError ? (
          <ErrorState error={roster.error} onRetry={() => void roster.refetch()} />
        ) : roster.data.people.length === 0 ? (
          <NobodyFound search={search} onShowAll={() => setSearch('')} />
        ) : (
          <NameTiles
            people={roster.data.people}
            hasMore={roster.data.more}
            seating={sitDown.isPending && 'beneficiaryId' in sitDown.variables ? sitDown.variables.beneficiaryId : null}
            onChoose={(beneficiaryId) => sitDown.mutate({ beneficiaryId })}
          />
        )}
      </div>
    </KioskFrame>
  )
}

function NobodyFound({ search, onShowAll }: { search: string; onShowAll: () => void }) {
  const { t } = useTranslation('kiosk')
  if (search === '') {
    return (
      <EmptyState icon={IconUsers} title={t('roster.empty')}>
        {t('roster.emptyText')}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={IconUserSearch}
      title={t('roster.none')}
      action={
        <Button size="lg" variant="default" onClick={onShowAll}>
          {t('roster.showAll')}
        </Button>
      }
    >
      {t('roster.noneText')}
    </EmptyState>
  )
}
