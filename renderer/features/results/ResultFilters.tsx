import { Button, Group, Select } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../shared/contract/base.ts'
import { AttemptState, attemptStates } from '../../../shared/contract/delivery.ts'
import { api } from '../../lib/client.ts'
import { SearchField } from '../../ui/SearchField.tsx'

const route = getRouteApi('/staff/results')

export function ResultFilters({ children }: { children: ReactNode }) {
  const { t } = useTranslation('results')
  const { search = '', state, assessment, beneficiary } = route.useSearch()
  const navigate = route.useNavigate()
  const narrow = (change: ReturnType<typeof route.useSearch>) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true })
  return (
    <Group gap="sm">
      <SearchField
        flex={1}
        miw={180}
        label={t('list.search')}
        value={search}
        onSearch={(text) => narrow({ search: text || undefined })}
      />
      <AssessmentFilter value={assessment} onChange={(id) => narrow({ assessment: id })} />
      <Select
        flex={1}
        miw={150}
        maw={200}
        clearable
        aria-label={t('list.state')}
        placeholder={t('list.anyState')}
        data={attemptStates.map((value) => ({ value, label: t(`state.${value}`) }))}
        value={state ?? null}
        onChange={(value) => narrow({ state: AttemptState.optional().parse(value ?? undefined) })}
      />
      {beneficiary && <OnlyPerson id={beneficiary} onClear={() => narrow({ beneficiary: undefined })} />}
      {children}
    </Group>
  )
}

function AssessmentFilter({ value, onChange }: { value: Id | undefined; onChange: (id: Id | undefined) => void }) {
  const { t } = useTranslation('results')
  const { data = [] } = useQuery(api.assessments.list.queryOptions({ input: {} }))
  const taken = data.filter((row) => row.attemptCount > 0 || row.id === value)
  return (
    <Select
      flex={1}
      miw={150}
      maw={260}
      clearable
      searchable
      aria-label={t('list.assessment')}
      placeholder={t('list.anyAssessment')}
      data={taken.map(({ id, title }) => ({ value: String(id), label: title }))}
      value={value === undefined ? null : String(value)}
      onChange={(id) => onChange(id ? Number(id) : undefined)}
    />
  )
}

function OnlyPerson({ id, onClear }: { id: Id; onClear: () => void }) {
  const { t } = useTranslation('results')
  const { data } = useQuery(api.beneficiaries.get.queryOptions({ input: { id } }))
  return (
    <Button variant="light" rightSection={<IconX size={16} aria-hidden />} onClick={onClear}>
      {t('list.onlyPerson', { name: data?.name ?? '…' })}
    </Button>
  )
}
