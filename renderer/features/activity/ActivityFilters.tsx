import { Button, Group, Select } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../shared/contract/base.ts'
import { api } from '../../lib/client.ts'
import { DayFields } from './DayFields.tsx'
import { useActionName } from './use-action-name.ts'

const route = getRouteApi('/staff/activity')

export function ActivityFilters() {
  const { t } = useTranslation('activity')
  const { user, action, from, until, person } = route.useSearch()
  const nameOf = useActionName()
  const navigate = route.useNavigate()
  const choices = useQuery(api.activity.choices.queryOptions())
  const narrow = (change: ReturnType<typeof route.useSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  return (
    <Group gap="sm">
      <Select
        flex={1}
        miw={150}
        maw={220}
        clearable
        searchable
        aria-label={t('filter.user')}
        placeholder={t('filter.anyUser')}
        data={(choices.data?.users ?? []).map(({ id, name }) => ({ value: String(id), label: name }))}
        value={user === undefined ? null : String(user)}
        onChange={(id) => narrow({ user: id ? Number(id) : undefined })}
      />
      <Select
        flex={1}
        miw={150}
        maw={280}
        clearable
        searchable
        aria-label={t('filter.action')}
        placeholder={t('filter.anyAction')}
        data={(choices.data?.actions ?? []).map((value) => ({ value, label: nameOf(value) }))}
        value={action ?? null}
        onChange={(value) => narrow({ action: value ?? undefined })}
      />
      <DayFields from={from} until={until} onChange={narrow} />
      {person && <OnlyPerson id={person} onClear={() => narrow({ person: undefined })} />}
    </Group>
  )
}

function OnlyPerson({ id, onClear }: { id: Id; onClear: () => void }) {
  const { t } = useTranslation('activity')
  const { data } = useQuery(api.activity.personName.queryOptions({ input: { beneficiaryId: id } }))
  return (
    <Button variant="light" rightSection={<IconX size={16} aria-hidden />} onClick={onClear}>
      {t('filter.person', { name: data?.name ?? '…' })}
    </Button>
  )
}
