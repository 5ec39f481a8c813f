import { Button, Group } from '@mantine/core'
import { IconId, IconUserSearch, IconUsers } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../../shared/contract/base.ts'
import { api } from '../../../lib/client.ts'
import { useMutation } from '../../../lib/use-mutation.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { ErrorState } from '../../../ui/ErrorState.tsx'
import { FormProblem } from '../../../ui/FormProblem.tsx'
import { LoadingRows } from '../../../ui/LoadingRows.tsx'
import { usePageTitle } from '../../../ui/page-title.ts'
import { SearchField } from '../../../ui/SearchField.tsx'
import { KioskFrame } from '../KioskFrame.tsx'
import kiosk from '../kiosk.module.css'
import { CardEntry } from './CardEntry.tsx'
import { FullScreenButton } from './FullScreenButton.tsx'
import { HomeMark } from './HomeMark.tsx'
import { LeaveKiosk } from './LeaveKiosk.tsx'
import { NameTiles } from './NameTiles.tsx'
import { SecretEntry } from './SecretEntry.tsx'
import { useSeatChanged } from './seat-changed.ts'
import { useCardScanner } from './use-card-scanner.ts'

/** "Who are you?": a learner takes this kiosk by touching a name and showing what the kiosk asks for, or with a card. */
export function Roster() {
  const { t } = useTranslation(['kiosk', 'entry'])
  usePageTitle(t('roster.title'))
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState<{ beneficiaryId: Id; name: string } | null>(null)
  const [isShowingCard, setIsShowingCard] = useState(false)
  const seatChanged = useSeatChanged()
  const entry = useQuery(api.kiosk.entry.queryOptions({ refetchInterval: 60_000 }))
  const roster = useQuery(
    api.delivery.roster.queryOptions({ input: { search }, placeholderData: keepPreviousData, refetchInterval: 60_000 }),
  )
  const sitDown = useMutation(
    api.delivery.sitDown.mutationOptions({ onSuccess: seatChanged, onError: () => void entry.refetch() }),
  )
  useCardScanner((card) => sitDown.mutate({ card }))
  const signIn = entry.data?.signIn

  function choose(beneficiaryId: Id) {
    sitDown.reset()
    const person = roster.data?.people.find((one) => one.beneficiaryId === beneficiaryId)
    if (signIn === 'name') sitDown.mutate({ beneficiaryId })
    else if (person) setChosen(person)
  }
  function back() {
    sitDown.reset()
    setChosen(null)
    setIsShowingCard(false)
  }

  if (isShowingCard) return <CardEntry sitDown={sitDown} onBack={back} />
  if (chosen && signIn && signIn !== 'name') {
    return <SecretEntry key={chosen.beneficiaryId} person={chosen} way={signIn} sitDown={sitDown} onBack={back} />
  }
  return (
    <KioskFrame
      start={<HomeMark />}
      end={
        <>
          <FullScreenButton />
          <LeaveKiosk />
        </>
      }
    >
      <div className={kiosk.page}>
        <Group justify="space-between" align="end">
          <div>
            <h1 className={kiosk.title} tabIndex={-1}>
              {t('roster.title')}
            </h1>
            <p className={kiosk.hint}>{t('roster.hint')}</p>
          </div>
          <Button
            size="lg"
            variant="default"
            leftSection={<IconId size={24} aria-hidden />}
            onClick={() => {
              sitDown.reset()
              setIsShowingCard(true)
            }}
          >
            {t('entry:card.have')}
          </Button>
        </Group>
        <SearchField size="xl" label={t('roster.search')} value={search} onSearch={setSearch} autoComplete="off" />
        <FormProblem error={sitDown.error} />
        {roster.isPending || entry.isPending ? (
          <LoadingRows />
        ) : roster.isError || entry.isError ? (
          <ErrorState
            error={roster.error ?? entry.error}
            onRetry={() => void Promise.all([roster.refetch(), entry.refetch()])}
          />
        ) : roster.data.people.length === 0 ? (
          <NobodyFound search={search} onShowAll={() => setSearch('')} />
        ) : (
          <NameTiles
            people={roster.data.people}
            hasMore={roster.data.more}
            seating={sitDown.isPending && 'beneficiaryId' in sitDown.variables ? sitDown.variables.beneficiaryId : null}
            onChoose={choose}
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
