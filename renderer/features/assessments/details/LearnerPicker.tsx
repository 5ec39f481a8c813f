import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../../shared/contract/base.ts'
import { api } from '../../../lib/client.ts'
import { personOption } from '../../../ui/person-option.tsx'

interface Props {
  value: Id | null
  /** Of the person who is chosen, until a search has found them. */
  name: string | null
  onChange: (beneficiaryId: Id) => void
  isEditable: boolean
}

/** Finds one person by name among all beneficiaries. */
export function LearnerPicker({ value, name, onChange, isEditable }: Props) {
  const { t } = useTranslation('assessments')
  const [typed, setTyped] = useState(name ?? '')
  const [search] = useDebouncedValue(typed, 150)
  const { data } = useQuery(
    api.beneficiaries.list.queryOptions({ input: { search, limit: 20 }, placeholderData: keepPreviousData }),
  )
  const found = (data?.rows ?? []).map((row) => ({ value: String(row.id), label: row.name }))
  const isKnown = value === null || found.some((one) => one.value === String(value))
  const options = isKnown || !name ? found : [{ value: String(value), label: name }, ...found]

  return (
    <Select
      ms={32}
      maw={360}
      searchable
      disabled={!isEditable}
      aria-label={t('details.learner')}
      placeholder={t('details.learnerPlaceholder')}
      nothingFoundMessage={t('details.learnerNotFound')}
      data={options}
      filter={({ options }) => options}
      renderOption={personOption(data?.rows ?? [])}
      value={value === null ? null : String(value)}
      error={value === null && isEditable ? t('details.learnerMissing') : undefined}
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={(id) => id && onChange(Number(id))}
    />
  )
}
