import { Select, TextInput } from '@mantine/core'
import { Controller, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { FieldGroup } from '../../ui/FieldGroup.tsx'
import { NumberField } from '../../ui/NumberField.tsx'
import { endings, everies } from './repeat.ts'
import type { AppointmentForm } from './use-appointment-form.ts'

/** Whether it comes again, how often, and until when. */
export function RepeatFields({ form: { control, register, formState } }: { form: AppointmentForm }) {
  const { t } = useTranslation('appointments')
  const [every, ends] = useWatch({ control, name: ['every', 'ends'] })
  const isOwn = formState.defaultValues?.every === 'own'
  return (
    <FieldGroup title={t('group.repeat')}>
      <Controller
        control={control}
        name="every"
        render={({ field }) => (
          <Select
            {...field}
            label={t('field.every')}
            allowDeselect={false}
            data={everies
              .filter((value) => value !== 'own' || isOwn)
              .map((value) => ({ value, label: t(`every.${value}`) }))}
          />
        )}
      />
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
        <TextInput
          {...register('lastDay')}
          type="date"
          label={t('field.lastDay')}
          error={formState.errors.lastDay?.message}
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
