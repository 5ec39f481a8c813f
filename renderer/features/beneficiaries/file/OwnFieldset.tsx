import { Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useController } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import type { OwnField, OwnValue } from '../../../../shared/contract/own-fields.ts'
import { api } from '../../../lib/client.ts'
import { FieldGroup } from '../../../ui/FieldGroup.tsx'
import { NumberField } from '../../../ui/NumberField.tsx'
import type { BeneficiaryForm } from '../use-beneficiary-form.ts'

/** What the organization itself wants to know of its people; not there where it has no such field. */
export function OwnFieldset({ form }: { form: BeneficiaryForm }) {
  const { t } = useTranslation('beneficiaries')
  const { data: fields = [] } = useQuery(api.ownFields.list.queryOptions())
  const { field } = useController({ control: form.control, name: 'own' })
  const values = field.value ?? {}
  const set = (key: string, value: OwnValue | null) => {
    const { [key]: _, ...others } = values
    field.onChange(value === null ? others : { ...others, [key]: value })
  }
  if (fields.length === 0) return null
  return (
    <FieldGroup title={t('group.own')}>
      {fields.map((own) => (
        <OwnInput key={own.key} own={own} value={values[own.key] ?? null} onValue={(value) => set(own.key, value)} />
      ))}
    </FieldGroup>
  )
}

interface OwnInputProps {
  own: OwnField
  value: OwnValue | null
  onValue: (value: OwnValue | null) => void
}

function OwnInput({ own: { name, kind, choices }, value, onValue }: OwnInputProps) {
  const { t } = useTranslation('beneficiaries')
  switch (kind) {
    case 'number':
      return (
        <NumberField
          label={name}
          value={typeof value === 'number' ? value : null}
          onChange={(number) => onValue(number === null || Number.isNaN(number) ? null : number)}
        />
      )
    case 'choice': {
      // What was chosen before stays to be seen when it can be chosen no more.
      const present = typeof value === 'string' && value !== '' && !choices.includes(value) ? [value] : []
      return (
        <Select
          label={name}
          data={[...choices, ...present]}
          clearable
          clearButtonProps={{ 'aria-label': t('own.clear', { name }) }}
          value={typeof value === 'string' ? value : null}
          onChange={onValue}
        />
      )
    }
    case 'yesNo':
      return (
        <Select
          label={name}
          data={[
            { value: 'yes', label: t('own.yes') },
            { value: 'no', label: t('own.no') },
          ]}
          clearable
          clearButtonProps={{ 'aria-label': t('own.clear', { name }) }}
          value={value === true ? 'yes' : value === false ? 'no' : null}
          onChange={(chosen) => onValue(chosen === null ? null : chosen === 'yes')}
        />
      )
    default:
      return (
        <TextInput
          label={name}
          type={kind === 'date' ? 'date' : 'text'}
          maxLength={500}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onValue(event.currentTarget.value || null)}
        />
      )
  }
}
