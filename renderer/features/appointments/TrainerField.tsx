import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useController } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client.ts'
import type { Named } from './named.ts'
import type { AppointmentForm } from './use-appointment-form.ts'

/** Whose appointment it is. Somebody who has left the team stays choosable where they are chosen. */
export function TrainerField({
  control,
  present,
}: {
  control: AppointmentForm['control']
  present: Named | undefined
}) {
  const { t } = useTranslation('appointments')
  const { field, fieldState } = useController({ control, name: 'trainerId' })
  const { data: trainers = [] } = useQuery(api.beneficiaries.trainers.queryOptions())
  const hasLeft = present && !trainers.some(({ id }) => id === present.id)
  const choices = hasLeft ? [...trainers, present] : trainers
  return (
    <Select
      label={t('field.trainer')}
      placeholder={t('noTrainer')}
      clearable
      clearButtonProps={{ 'aria-label': t('noTrainer') }}
      data={choices.map(({ id, name }) => ({ value: String(id), label: name }))}
      value={field.value ? String(field.value) : null}
      onChange={(id) => field.onChange(id === null ? null : Number(id))}
      onBlur={field.onBlur}
      ref={field.ref}
      error={fieldState.error?.message}
    />
  )
}
