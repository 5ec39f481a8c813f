import { Group, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { categoryTree } from '../../../../shared/category.ts'
import { type QuestionType, questionTypes } from '../../../../shared/contract/questions.ts'
import { api } from '../../../lib/client.ts'
import { SearchField } from '../../../ui/SearchField.tsx'
import type { BankFilter } from './use-bank-list.ts'

interface Props {
  filter: BankFilter
  onChange: (part: Partial<BankFilter>) => void
  children?: ReactNode
}

export function BankFilters({ filter, onChange, children }: Props) {
  const { t, i18n } = useTranslation(['bank', 'question'])
  const categories = useQuery(api.bank.categories.queryOptions()).data ?? []
  const tags = useQuery(api.bank.tags.queryOptions()).data ?? []
  const width = { flex: 1, miw: 150, maw: 260, clearable: true, searchable: true } as const
  return (
    <Group gap="sm">
      <SearchField
        flex={1}
        miw={180}
        label={t('search')}
        value={filter.search}
        onSearch={(search) => onChange({ search })}
      />
      <Select
        {...width}
        aria-label={t('category')}
        placeholder={t('anyCategory')}
        data={categoryTree(categories, i18n.language).map(({ category, name, level, count }) => ({
          value: category,
          label: `${' '.repeat(3 * (level - 1))}${name} (${count})`,
        }))}
        value={filter.category ?? null}
        onChange={(category) => onChange({ category: category ?? undefined })}
      />
      <Select
        {...width}
        aria-label={t('tag')}
        placeholder={t('anyTag')}
        data={tags.map(({ tag, count }) => ({ value: tag, label: `${tag} (${count})` }))}
        value={filter.tag ?? null}
        onChange={(tag) => onChange({ tag: tag ?? undefined })}
      />
      <Select
        {...width}
        aria-label={t('type')}
        placeholder={t('anyType')}
        data={questionTypes.map((type) => ({ value: type, label: t(`question:type.${type}`) }))}
        value={filter.type ?? null}
        onChange={(type) => onChange({ type: (type ?? undefined) as QuestionType | undefined })}
      />
      {children}
    </Group>
  )
}
