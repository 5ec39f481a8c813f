import { Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BeneficiaryStatus, beneficiaryStatuses } from '../../../shared/contract/beneficiaries.ts'
import type { PeopleChange } from '../../../shared/contract/bulk.ts'
import { fitsOwnField, type OwnField, OwnValue } from '../../../shared/contract/own-fields.ts'
import { api } from '../../lib/client.ts'
import { actorKindOf, useMe } from '../../lib/session.ts'
import { ChangeMany } from '../../ui/bulk/ChangeMany.tsx'
import type { Choosing } from '../../ui/bulk/use-selection.ts'
import { DateField } from '../../ui/DateField.tsx'
import { NumberField } from '../../ui/NumberField.tsx'
import type { BeneficiaryFilter } from './use-beneficiary-list.ts'

const kinds = ['status', 'addToGroup', 'removeFromGroup', 'handOver', 'own', 'remove'] as const
type Kind = (typeof kinds)[number]

interface ChangePeopleProps {
  choosing: Choosing
  filter: BeneficiaryFilter
}

/** The same change to everybody who is chosen. */
export function ChangePeople({ choosing, filter: { order: _, ...filter } }: ChangePeopleProps) {
  const { t } = useTranslation('bulk')
  const [kind, setKind] = useState<Kind>('status')
  const [change, setChange] = useState<PeopleChange | null>(null)
  const { isAll, ids } = choosing.selection
  const rows = isAll ? { filter, except: [...ids] } : { ids: [...ids] }
  const isTrainer = actorKindOf(useMe()) === 'trainer'
  const notes: Partial<Record<Kind, string>> = {
    handOver: t(isTrainer ? 'note.handOverOffer' : 'note.handOver'),
    remove: t('note.remove'),
  }
  return (
    <ChangeMany
      choosing={choosing}
      kinds={kinds}
      kind={kind}
      onKind={(chosen) => {
        setKind(chosen)
        setChange(chosen === 'remove' ? { kind: chosen } : null)
      }}
      input={change && { list: 'people', rows, change }}
      note={notes[kind]}
      onClosed={() => {
        setKind('status')
        setChange(null)
      }}
    >
      <Value kind={kind} change={change} onChange={setChange} />
    </ChangeMany>
  )
}

interface ValueProps {
  kind: Kind
  change: PeopleChange | null
  onChange: (change: PeopleChange | null) => void
}

function Value({ kind, change, onChange }: ValueProps) {
  switch (kind) {
    case 'status':
      return <StatusValue change={change} onChange={onChange} />
    case 'addToGroup':
    case 'removeFromGroup':
      return <GroupValue kind={kind} change={change} onChange={onChange} />
    case 'handOver':
      return <TrainerValue change={change} onChange={onChange} />
    case 'own':
      return <OwnChange onChange={onChange} />
    case 'remove':
      return null
  }
}

function StatusValue({ change, onChange }: Omit<ValueProps, 'kind'>) {
  const { t } = useTranslation(['bulk', 'beneficiaries'])
  return (
    <Select
      label={t('kind.status')}
      data={beneficiaryStatuses.map((value) => ({ value, label: t(`beneficiaries:status.${value}`) }))}
      value={change?.kind === 'status' ? change.status : null}
      onChange={(chosen) => {
        const status = BeneficiaryStatus.safeParse(chosen).data
        onChange(status ? { kind: 'status', status } : null)
      }}
    />
  )
}

function GroupValue({ kind, change, onChange }: ValueProps & { kind: 'addToGroup' | 'removeFromGroup' }) {
  const { t } = useTranslation('bulk')
  const { data = [] } = useQuery(api.groups.list.queryOptions())
  return (
    <Select
      label={t('group')}
      searchable
      data={data.map(({ id, name }) => ({ value: String(id), label: name }))}
      value={change && 'groupId' in change ? String(change.groupId) : null}
      onChange={(id) => onChange(id ? { kind, groupId: Number(id) } : null)}
    />
  )
}

function TrainerValue({ change, onChange }: Omit<ValueProps, 'kind'>) {
  const { t } = useTranslation('bulk')
  const { data = [] } = useQuery(api.beneficiaries.trainers.queryOptions())
  return (
    <Select
      label={t('trainer')}
      searchable
      data={data.map(({ id, name }) => ({ value: String(id), label: name }))}
      value={change?.kind === 'handOver' ? String(change.trainerId) : null}
      onChange={(id) => onChange(id ? { kind: 'handOver', trainerId: Number(id) } : null)}
    />
  )
}

function OwnChange({ onChange }: Pick<ValueProps, 'onChange'>) {
  const { t } = useTranslation('bulk')
  const { data: fields = [] } = useQuery(api.ownFields.list.queryOptions())
  const [key, setKey] = useState<string | null>(null)
  const field = fields.find((one) => one.key === key)
  return (
    <>
      <Select
        label={t('field')}
        data={fields.map(({ key, name }) => ({ value: key, label: name }))}
        value={key}
        onChange={(chosen) => {
          setKey(chosen)
          onChange(chosen === null ? null : { kind: 'own', key: chosen, value: null })
        }}
      />
      {field && <OwnEntry key={field.key} field={field} onChange={onChange} />}
    </>
  )
}

function OwnEntry({ field, onChange }: { field: OwnField; onChange: ValueProps['onChange'] }) {
  const { t } = useTranslation('bulk')
  const { key, name, kind, choices } = field
  const [value, setValue] = useState<OwnValue | null>(null)
  const enter = (entered: OwnValue | null) => {
    setValue(entered)
    const isFit = entered === null || (OwnValue.safeParse(entered).success && fitsOwnField(field, entered))
    onChange(isFit ? { kind: 'own', key, value: entered } : null)
  }
  const shared = { label: name, description: t('empty') }
  switch (kind) {
    case 'yesNo':
      return (
        <Select
          {...shared}
          clearable
          data={[choice('true', t('yes')), choice('false', t('no'))]}
          value={value === null ? null : String(value)}
          onChange={(one) => enter(one === null ? null : one === 'true')}
        />
      )
    case 'choice':
      return (
        <Select {...shared} clearable data={choices} value={value === null ? null : String(value)} onChange={enter} />
      )
    case 'number':
      return <NumberField {...shared} value={typeof value === 'number' ? value : null} onChange={enter} />
    case 'date':
      return <DateField {...shared} value={String(value ?? '')} onChange={(day) => enter(day || null)} />
    case 'text':
      return (
        <TextInput
          {...shared}
          dir="auto"
          maxLength={500}
          value={String(value ?? '')}
          onChange={({ currentTarget }) => enter(currentTarget.value.trim() === '' ? null : currentTarget.value)}
        />
      )
  }
}

function choice(value: string, label: string) {
  return { value, label }
}
