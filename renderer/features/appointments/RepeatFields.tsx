import { Chip, Group, Input, Select } from '@mantine/core'
import { Controller, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { formatDate } from '../../lib/format.ts'
import { DateField } from '../../ui/DateField.tsx'
import { FieldGroup } from '../../ui/FieldGroup.tsx'
import { NumberField } from '../../ui/NumberField.tsx'
import { daysOfWeek, endings, everies, weekDays } from './repeat.ts'
import type { AppointmentForm } from './use-appointment-form.ts'

/** Whether it comes again, how often, and until when. */
export function RepeatFields({ form }: { form: AppointmentForm }) {
  const { control, formState, getValues, setValue } = form
  const { t } = useTranslation('appointments')
  const [every, ends, start] = useWatch({ control, name: ['every', 'ends', 'start'] })
  const isOwn = formState.defaultValues?.every === 'own'
  return (
    <FieldGroup title={t('group.repeat')}>
      <Controller
        control={control}
        name="every"
        render={({ field }) => (
          <Select
            {...field}
            onChange={(chosen) => {
              field.onChange(chosen)
              // The first time is one of them, whichever others there are.
              if (chosen === 'days' && getValues('days') === '')
                setValue('days', weekDays[new Date(start).getDay()] ?? '')
            }}
            label={t('field.every')}
            allowDeselect={false}
            data={everies
              .filter((value) => value !== 'own' || isOwn)
              .map((value) => ({ value, label: t(`every.${value}`) }))}
          />
        )}
      />
      {every === 'days' && (
        <Controller
          control={control}
          name="days"
          render={({ field, fieldState }) => (
            <DaysField value={field.value} error={fieldState.error?.message} onChange={field.onChange} />
          )}
        />
      )}
      {every !== 'never' && (
        <Controller
          control={control}
          name="ends"
          render={({ field }) => (
            <Select
              {...field}
              label={t('field.ends')}
              allowDeselect={false}
              data={endings.map((value) => ({ value, label: t(`ends.${value}`) }))}
            />
          )}
        />
      )}
      {every !== 'never' && ends === 'on' && (
        <Controller
          control={control}
          name="lastDay"
          render={({ field, fieldState }) => (
            <DateField {...field} label={t('field.lastDay')} error={fieldState.error?.message} />
          )}
        />
      )}
      {every !== 'never' && ends === 'after' && (
        <Controller
          control={control}
          name="times"
          render={({ field, fieldState }) => (
            <NumberField {...field} label={t('field.times')} min={1} max={730} error={fieldState.error?.message} />
          )}
        />
      )}
    </FieldGroup>
  )
}

interface DaysFieldProps {
  value: string
  error: string | undefined
  onChange: (days: string) => void
}

/** The days of the week in the order in which people here count them. */
function DaysField({ value, error, onChange }: DaysFieldProps) {
  const { t, i18n } = useTranslation('appointments')
  const chosen = value.split(',').filter(Boolean)
  const week = daysOfWeek(i18n.language, (day) => formatDate(day, { weekday: 'short' }))
  return (
    <Input.Wrapper label={t('field.days')} error={error} labelElement="div">
      <Chip.Group
        multiple
        value={chosen}
        onChange={(days) => onChange(weekDays.filter((one) => days.includes(one)).join(','))}
      >
        <Group gap={6} role="group" aria-label={t('field.days')}>
          {week.map(({ day, name }) => (
            <Chip key={day} value={day} size="sm">
              {name}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </Input.Wrapper>
  )
}
