import { Button, Group } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconCalendarEvent, IconPlus, IconPrinter } from '@tabler/icons-react'
import { Outlet } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { NothingFound } from '../../ui/NothingFound.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { AppointmentList } from './AppointmentList.tsx'
import classes from './appointments.module.css'
import { CalendarBar } from './CalendarBar.tsx'
import { CalendarFileMenu } from './CalendarFileMenu.tsx'
import { MonthGrid } from './MonthGrid.tsx'
import { noPanel } from './row-key.ts'
import { TimeGrid } from './TimeGrid.tsx'
import { type Calendar, useCalendar } from './use-calendar.ts'

/** What is planned, by day, week or month or as a list; the panel of one appointment opens beside it. */
export function AppointmentsScreen() {
  const { t } = useTranslation('appointments')
  const isNarrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false })
  const calendar = useCalendar(isNarrow)
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return (
    <Page fit="fill">
      <PageHeader
        title={t('title')}
        note={t('zone', { zone })}
        actions={
          <Group gap="sm" className={classes.screenOnly}>
            <Button
              variant="default"
              leftSection={<IconPrinter size={18} aria-hidden />}
              disabled={calendar.rows.length === 0}
              onClick={() => window.print()}
            >
              {t('print')}
            </Button>
            <CalendarFileMenu calendar={calendar} />
            <AddButton day={calendar.day} />
          </Group>
        }
      />
      <CalendarBar calendar={calendar} />
      {calendar.list.isPending ? (
        <LoadingRows />
      ) : calendar.list.isError ? (
        <ErrorState error={calendar.list.error} onRetry={() => void calendar.list.refetch()} />
      ) : (
        <Planned calendar={calendar} />
      )}
      <Outlet />
    </Page>
  )
}

function Planned({ calendar }: { calendar: Calendar }) {
  const { t } = useTranslation('appointments')
  const { view, rows, busy, list, isNarrowed } = calendar
  const isNothing = rows.length === 0 && busy.length === 0
  // A grid without anything in it is for planning; after a search it would only look like a free week.
  if (isNothing && (view === 'list' || isNarrowed)) return <Nothing calendar={calendar} />
  return (
    <>
      <div role="status" className={classes.status}>
        {list.data?.isCut && t('cut')}
        {rows.length === 0 && t('none')}
      </div>
      {view === 'list' && <AppointmentList calendar={calendar} />}
      {view !== 'list' && (
        <div className={classes.paper}>
          <AppointmentList calendar={calendar} />
        </div>
      )}
      {view === 'month' && <MonthGrid calendar={calendar} />}
      {(view === 'day' || view === 'week') && <TimeGrid calendar={calendar} />}
    </>
  )
}

function Nothing({ calendar: { day, isNarrowed, show } }: { calendar: Calendar }) {
  const { t } = useTranslation('appointments')
  if (isNarrowed) {
    return (
      <NothingFound
        title={t('noneFound')}
        clear={t('clear')}
        onClear={() => show({ search: undefined, trainer: undefined })}
      >
        {t('noneFoundText')}
      </NothingFound>
    )
  }
  return (
    <EmptyState icon={IconCalendarEvent} title={t('emptyTitle')} action={<AddButton day={day} />}>
      {t('emptyText')}
    </EmptyState>
  )
}

function AddButton({ day }: { day: string }) {
  const { t } = useTranslation('appointments')
  return (
    <ButtonLink
      to="/calendar/new"
      search={(before) => ({ ...before, ...noPanel, day })}
      leftSection={<IconPlus size={18} aria-hidden />}
    >
      {t('add')}
    </ButtonLink>
  )
}
