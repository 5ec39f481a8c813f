import { ActionIcon, Button, Group, SegmentedControl, Select } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { reachOf } from '../../../shared/permissions.ts'
import { beginOf, calendarViews, step } from '../../lib/calendar-days.ts'
import { api } from '../../lib/client.ts'
import { formatDate, formatDays } from '../../lib/format.ts'
import { actorKindOf, useMe } from '../../lib/session.ts'
import { SearchField } from '../../ui/SearchField.tsx'
import { ViewsMenu } from '../../ui/saved-views/ViewsMenu.tsx'
import classes from './appointments.module.css'
import type { Calendar } from './use-calendar.ts'

/** Where the calendar stands, and how to go on from there. */
export function CalendarBar({ calendar }: { calendar: Calendar }) {
  const { t } = useTranslation('appointments')
  const { view, day, search, show, showToday } = calendar
  // Administrators see everybody's; a trainer has nothing to choose.
  const seesOthers = reachOf(actorKindOf(useMe()), 'appointments.list') !== 'own'
  return (
    <div className={classes.bar}>
      <Group gap="xs">
        <Button className={classes.screenOnly} variant="default" onClick={showToday}>
          {t('today')}
        </Button>
        <ActionIcon.Group className={classes.screenOnly}>
          <ActionIcon
            variant="default"
            size={38}
            aria-label={t('before')}
            onClick={() => show({ day: step(view, day, -1) })}
          >
            <IconChevronLeft size={18} className={classes.arrow} aria-hidden />
          </ActionIcon>
          <ActionIcon
            variant="default"
            size={38}
            aria-label={t('after')}
            onClick={() => show({ day: step(view, day, 1) })}
          >
            <IconChevronRight size={18} className={classes.arrow} aria-hidden />
          </ActionIcon>
        </ActionIcon.Group>
        <h2 className={classes.period} aria-live="polite">
          {period(calendar)}
        </h2>
      </Group>
      <Group gap="xs" className={classes.choices}>
        {seesOthers && <TrainerFilter calendar={calendar} />}
        <SearchField
          className={classes.search}
          label={t('search')}
          value={search}
          onSearch={(text) => show({ search: text || undefined })}
        />
        <SegmentedControl
          aria-label={t('views')}
          data={calendarViews.map((value) => ({ value, label: t(`view.${value}`) }))}
          value={view}
          onChange={(value) => show({ view: value })}
        />
        <ViewsMenu list="calendar" />
      </Group>
    </div>
  )
}

function TrainerFilter({ calendar: { trainer, show } }: { calendar: Calendar }) {
  const { t } = useTranslation('appointments')
  const { data = [] } = useQuery(api.beneficiaries.trainers.queryOptions())
  return (
    <Select
      w={180}
      clearable
      clearButtonProps={{ 'aria-label': t('everyTrainer') }}
      aria-label={t('field.trainer')}
      placeholder={t('everyTrainer')}
      data={data.map(({ id, name }) => ({ value: String(id), label: name }))}
      value={trainer === undefined ? null : String(trainer)}
      onChange={(id) => show({ trainer: id ? Number(id) : undefined })}
    />
  )
}

function period({ view, day, days }: Calendar): string {
  const date = beginOf(day)
  if (view === 'day') return formatDate(date, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
  if (view === 'month') return formatDate(date, { month: 'long', year: 'numeric' })
  return formatDays(beginOf(days[0] ?? day), beginOf(days.at(-1) ?? day))
}
