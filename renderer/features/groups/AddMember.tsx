import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Group } from '../../../shared/contract/groups.ts'
import { api } from '../../lib/client.ts'
import { toastProblem } from '../../lib/toast.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { personOption } from '../../ui/person-option.tsx'

/** Finds people by name; whoever is chosen is in the group. */
export function AddMember({ group }: { group: Group }) {
  const { t } = useTranslation('groups')
  const queryClient = useQueryClient()
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed, 150)
  const { data } = useQuery(
    api.beneficiaries.list.queryOptions({ input: { search, limit: 50 }, placeholderData: keepPreviousData }),
  )
  const add = useMutation(
    api.groups.addMembers.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: api.groups.key() }),
      onError: toastProblem,
    }),
  )
  const members = new Set(group.members.map(({ beneficiaryId }) => beneficiaryId))
  const found = (data?.rows ?? []).filter(({ id }) => !members.has(id))
  return (
    <Select
      searchable
      maw={420}
      label={t('add')}
      placeholder={t('addPlaceholder')}
      nothingFoundMessage={t('nobodyFound')}
      data={found.map(({ id, name }) => ({ value: String(id), label: name }))}
      filter={({ options }) => options}
      renderOption={personOption(found)}
      value={null}
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={(id) => {
        if (!id) return
        add.mutate({ id: group.id, beneficiaryIds: [Number(id)] })
        setTyped('')
      }}
    />
  )
}
