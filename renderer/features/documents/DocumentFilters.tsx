import { Button, Select } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { documentViews } from '../../../shared/contract/documents.ts'
import { api } from '../../lib/client.ts'
import { SearchField } from '../../ui/SearchField.tsx'
import classes from './DocumentFilters.module.css'

export interface DocumentFilter {
  search?: string | undefined
  category?: string | undefined
  tag?: string | undefined
  person?: number | undefined
  which?: (typeof documentViews)[number] | undefined
}

interface Props {
  filter: DocumentFilter
  onChange: (part: DocumentFilter) => void
  children: ReactNode
}

export function DocumentFilters({ filter, onChange, children }: Props) {
  const { t } = useTranslation('documents')
  const { categories, tags } = useQuery(api.documents.choices.queryOptions()).data ?? { categories: [], tags: [] }
  return (
    <search className={classes.filters}>
      <SearchField
        label={t('search')}
        value={filter.search ?? ''}
        onSearch={(search) => onChange({ search: search || undefined })}
        maxLength={200}
        className={classes.search}
      />
      <Select
        aria-label={t('views')}
        allowDeselect={false}
        data={documentViews.map((value) => ({ value, label: t(`view.${value}`) }))}
        value={filter.which ?? 'all'}
        onChange={(which) => onChange({ which: which === 'all' ? undefined : (which ?? undefined) })}
        className={classes.select}
      />
      <Choice
        name="category"
        data={categories}
        value={filter.category}
        onChange={(category) => onChange({ category })}
      />
      <Choice name="tag" data={tags} value={filter.tag} onChange={(tag) => onChange({ tag })} />
      {filter.person !== undefined && <OnePerson id={filter.person} onClear={() => onChange({ person: undefined })} />}
      {children}
    </search>
  )
}

interface ChoiceProps {
  name: 'category' | 'tag'
  data: string[]
  value: string | undefined
  onChange: (value: string | undefined) => void
}

function Choice({ name, data, value, onChange }: ChoiceProps) {
  const { t } = useTranslation('documents')
  return (
    <Select
      aria-label={t(`field.${name}`)}
      placeholder={t(`any.${name}`)}
      clearable
      searchable={data.length > 8}
      clearButtonProps={{ 'aria-label': t(`any.${name}`) }}
      data={value === undefined || data.includes(value) ? data : [value, ...data]}
      value={value ?? null}
      onChange={(chosen) => onChange(chosen ?? undefined)}
      className={classes.select}
    />
  )
}

function OnePerson({ id, onClear }: { id: number; onClear: () => void }) {
  const { t } = useTranslation('documents')
  const { data } = useQuery(api.beneficiaries.get.queryOptions({ input: { id } }))
  return (
    <Button variant="light" rightSection={<IconX size={16} aria-hidden />} onClick={onClear} className={classes.person}>
      {t('onlyPerson', { name: data?.name ?? '…' })}
    </Button>
  )
}
