import { MultiSelect } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../shared/contract/base.ts'
import { type Draft, mostAttachments } from '../../../shared/contract/messages.ts'
import { api } from '../../lib/client.ts'
import { besideItsField } from '../../ui/theme.ts'
import classes from './messages.module.css'

interface AttachmentsFieldProps {
  value: readonly Id[]
  /** Names of those that were chosen before this page was opened. */
  known: Draft['known'] | undefined
  onChange: (attachments: Id[]) => void
}

const mostOffered = 20

/** Finds documents that the writer may share, by any part of their name. */
export function AttachmentsField({ value, known, onChange }: AttachmentsFieldProps) {
  const { t } = useTranslation('messages')
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed, 150)
  const [seen] = useState(() => new Map((known?.documents ?? []).map(({ id, name }) => [id, name])))
  const { data } = useQuery(api.documents.list.queryOptions({ input: { search }, placeholderData: keepPreviousData }))
  const found = (data?.rows ?? []).filter(({ mayManage }) => mayManage).slice(0, mostOffered)
  for (const { id, filename } of found) seen.set(id, filename)
  const offered = new Set([...found.map(({ id }) => id), ...value])
  return (
    <MultiSelect
      label={t('attach.label')}
      description={value.length > 0 ? t('attach.hint') : undefined}
      placeholder={value.length === 0 ? t('attach.placeholder') : ''}
      searchable
      classNames={{ inputField: classes.typed }}
      hidePickedOptions
      comboboxProps={besideItsField}
      nothingFoundMessage={t('attach.nothing')}
      maxValues={mostAttachments}
      data={[...offered].map((id) => ({ value: String(id), label: seen.get(id) ?? '…' }))}
      filter={({ options }) => options}
      searchValue={typed}
      onSearchChange={setTyped}
      value={value.map(String)}
      onChange={(values) => {
        setTyped('')
        onChange(values.map(Number))
      }}
    />
  )
}
