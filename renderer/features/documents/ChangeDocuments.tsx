import { Autocomplete, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DocumentChange } from '../../../shared/contract/bulk.ts'
import { api } from '../../lib/client.ts'
import { ChangeMany } from '../../ui/bulk/ChangeMany.tsx'
import type { Choosing } from '../../ui/bulk/use-selection.ts'
import type { DocumentFilter } from './DocumentFilters.tsx'

const kinds = ['category', 'addTag', 'removeTag', 'public', 'remove'] as const
type Kind = (typeof kinds)[number]

interface ChangeDocumentsProps {
  choosing: Choosing
  filter: DocumentFilter
}

/** The same change to every document that is chosen. */
export function ChangeDocuments({ choosing, filter: { person, which, ...filter } }: ChangeDocumentsProps) {
  const { t } = useTranslation('bulk')
  const [kind, setKind] = useState<Kind>('category')
  const [text, setText] = useState('')
  const { isAll, ids } = choosing.selection
  const meant = { ...filter, search: filter.search ?? '', view: which ?? ('all' as const), beneficiaryId: person }
  const rows = isAll ? { filter: meant, except: [...ids] } : { ids: [...ids] }
  const change = changeOf(kind, text)
  return (
    <ChangeMany
      choosing={choosing}
      kinds={kinds}
      kind={kind}
      onKind={(chosen) => {
        setKind(chosen)
        setText('')
      }}
      input={change && { list: 'documents', rows, change }}
      note={kind === 'remove' ? t('note.remove') : undefined}
      onClosed={() => setText('')}
    >
      <Value kind={kind} text={text} onText={setText} />
    </ChangeMany>
  )
}

interface ValueProps {
  kind: Kind
  text: string
  onText: (text: string) => void
}

function Value({ kind, text, onText }: ValueProps) {
  const { t } = useTranslation('bulk')
  const { data: choices } = useQuery(api.documents.choices.queryOptions())
  if (kind === 'remove') return null
  if (kind === 'public') {
    return (
      <Select
        label={t('value')}
        data={[
          { value: 'everybody', label: t('everybody') },
          { value: 'shared', label: t('shared') },
        ]}
        value={text || null}
        onChange={(chosen) => onText(chosen ?? '')}
      />
    )
  }
  return (
    <Autocomplete
      label={t(kind === 'category' ? 'kind.category' : 'tag')}
      description={kind === 'category' ? t('empty') : undefined}
      dir="auto"
      maxLength={50}
      data={(kind === 'category' ? choices?.categories : choices?.tags) ?? []}
      value={text}
      onChange={onText}
    />
  )
}

/** Null while it is not said as a whole. */
function changeOf(kind: Kind, text: string): DocumentChange | null {
  const word = text.trim()
  switch (kind) {
    case 'category':
      return { kind, category: word }
    case 'addTag':
    case 'removeTag':
      return word === '' ? null : { kind, tag: word }
    case 'public':
      return word === '' ? null : { kind, isPublic: word === 'everybody' }
    case 'remove':
      return { kind }
  }
}
