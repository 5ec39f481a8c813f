import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useController } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client.ts'
import { personOption } from '../../ui/person-option.tsx'
import type { Named } from './named.ts'
import type { AppointmentForm } from './use-appointment-form.ts'

/** Finds the person by name among all beneficiaries. */
export function LearnerField({
  control,
  present,
}: {
  control: AppointmentForm['control']
  present: Named | undefined
}) {
  const { t } = useTranslation('appointments')
  const { field, fieldState } = useController({ control, name: 'beneficiaryId' })
  const [chosen, setChosen] = useState(present)
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed === chosen?.name ? '' : typed, 150)
  const { data } = useQuery(
    api.beneficiaries.list.queryOptions({ input: { search, limit: 30 }, placeholderData: keepPreviousData }),
  )
  const found: Named[] = data?.rows ?? []
  const isListed = !chosen || found.some(({ id }) => id === chosen.id)
  const options = isListed ? found : [chosen, ...found]
  return (
    <Select
      label={t('field.learner')}
      placeholder={t('noLearner')}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('noLearner') }}
      nothingFoundMessage={t('nobodyFound')}
      data={options.map(({ id, name }) => ({ value: String(id), label: name }))}
      filter={({ options }) => options}
      renderOption={personOption(data?.rows ?? [])}
      value={field.value ? String(field.value) : null}
      onSearchChange={setTyped}
      onChange={(value) => {
        setChosen(options.find(({ id }) => String(id) === value))
        field.onChange(value === null ? null : Number(value))
      }}
      onBlur={field.onBlur}
      ref={field.ref}
      error={fieldState.error?.message}
    />
  )
}
