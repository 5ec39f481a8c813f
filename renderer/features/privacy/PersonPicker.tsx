import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PersonRef } from '../../../shared/contract/privacy.ts'
import { api } from '../../lib/client.ts'
import { Apart, personOption } from '../../ui/person-option.tsx'

interface PersonPickerProps {
  value: PersonRef | null
  onChange: (person: PersonRef | null) => void
}

/** Finds one person by name: a beneficiary or a member of the team. */
export function PersonPicker({ value, onChange }: PersonPickerProps) {
  const { t } = useTranslation('privacy')
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed, 150)
  const learners = useQuery(
    api.beneficiaries.list.queryOptions({ input: { search, limit: 20 }, placeholderData: keepPreviousData }),
  )
  const staff = useQuery(api.identity.listUsers.queryOptions())
  const wanted = search.toLocaleLowerCase()
  const groups = [
    {
      group: t('picker.learners'),
      items: (learners.data?.rows ?? []).map(({ id, name }) => ({ value: `b${id}`, label: name })),
    },
    {
      group: t('picker.staff'),
      items: (staff.data ?? [])
        .filter(({ name }) => name.toLocaleLowerCase().includes(wanted))
        .map(({ id, name }) => ({ value: `u${id}`, label: name })),
    },
  ]
  const chosen = learners.data?.rows.find(({ id }) => keyOf(value) === `b${id}`)
  return (
    <Select
      searchable
      required
      allowDeselect={false}
      label={t('picker.label')}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      description={chosen && <Apart person={chosen} />}
      placeholder={t('picker.placeholder')}
      nothingFoundMessage={t('picker.none')}
      data={groups.filter(({ items }) => items.length > 0)}
      filter={({ options }) => options}
      renderOption={personOption((learners.data?.rows ?? []).map((row) => ({ ...row, value: `b${row.id}` })))}
      value={keyOf(value)}
      onSearchChange={setTyped}
      onChange={(key) => onChange(key === null ? null : refOf(key))}
    />
  )
}

function keyOf(person: PersonRef | null): string | null {
  if (person === null) return null
  return 'userId' in person ? `u${person.userId}` : `b${person.beneficiaryId}`
}

function refOf(key: string): PersonRef {
  const id = Number(key.slice(1))
  return key.startsWith('u') ? { userId: id } : { beneficiaryId: id }
}
