import { Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useController } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import type { OwnField, OwnValue } from '../../../../shared/contract/own-fields.ts'
import { api } from '../../../lib/client.ts'
import { unfinishedDate } from '../../../lib/unfinished-date.ts'
import { DateField } from '../../../ui/DateField.tsx'
import { FieldGroup } from '../../../ui/FieldGroup.tsx'
import { NumberField } from '../../../ui/NumberField.tsx'
import type { BeneficiaryForm } from '../use-beneficiary-form.ts'

/** What the organization itself wants to know of its people; not there where it has no such field. */
export function OwnFieldset({ form }: { form: BeneficiaryForm }) {
  const { t } = useTranslation('beneficiaries')
  const { data: fields = [] } = useQuery(api.ownFields.list.queryOptions())
  const { field } = useController({ control: form.control, name: 'own' })
  const values = field.value ?? {}
  const { own: errors } = form.formState.errors
  const set = (key: string, value: OwnValue | null) => {
    const { [key]: _, ...others } = values
    field.onChange(value === null ? others : { ...others, [key]: value })
  }
  if (fields.length === 0) return null
  return (
    <FieldGroup title={t('group.own')}>
      {fields.map((own) => (
        <OwnInput
          key={own.key}
          own={own}
          value={values[own.key] ?? null}
          isWrong={errors !== undefined && own.key in errors}
          onValue={(value) => set(own.key, value)}
        />
      ))}
    </FieldGroup>
  )
}

interface OwnInputProps {
  own: OwnField
  /** NaN: what is entered is no number, or no day. */
  value: OwnValue | null
  isWrong: boolean
  onValue: (value: OwnValue | null) => void
}

function OwnInput({ own: { name, kind, choices }, value, isWrong, onValue }: OwnInputProps) {
  const { t } = useTranslation(['beneficiaries', 'common'])
  switch (kind) {
    case 'number':
      return (
        <NumberField
          label={name}
          value={typeof value === 'number' ? value : null}
          error={isWrong && t('common:field.number')}
          onChange={onValue}
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
    case 'date':
      return (
        <DateField
          label={name}
          value={typeof value === 'string' ? value : value === null ? '' : unfinishedDate}
          error={isWrong && t('common:field.date')}
          onChange={(day) => onValue(day === unfinishedDate ? Number.NaN : day || null)}
        />
      )
    default:
      return (
        <TextInput
          label={name}
          maxLength={500}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onValue(event.currentTarget.value || null)}
        />
      )
  }
}
