import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useController } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../shared/contract/base.ts'
import { api } from '../../lib/client.ts'
import type { BeneficiaryForm } from './use-beneficiary-form.ts'

interface TrainerFieldProps {
  control: BeneficiaryForm['control']
  /** Stays choosable even if not on the team any more. */
  present: { id: Id; name: string } | undefined
}

export function TrainerField({ control, present }: TrainerFieldProps) {
  const { t } = useTranslation('beneficiaries')
  const { field, fieldState } = useController({ control, name: 'trainerId' })
  const { data: trainers = [] } = useQuery(api.beneficiaries.trainers.queryOptions())
  const hasLeft = present && !trainers.some((trainer) => trainer.id === present.id)
  const choices = hasLeft ? [...trainers, present] : trainers
  return (
    <Select
      label={t('field.trainer')}
      placeholder={t('field.noTrainer')}
      clearable
      clearButtonProps={{ 'aria-label': t('field.noTrainer') }}
      searchable={choices.length > 8}
      data={choices.map(({ id, name }) => ({ value: String(id), label: name }))}
      value={field.value ? String(field.value) : null}
      onChange={(id) => field.onChange(id === null ? null : Number(id))}
      onBlur={field.onBlur}
      ref={field.ref}
      error={fieldState.error?.message}
    />
  )
}
