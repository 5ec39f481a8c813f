import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { OwnField, OwnKey } from '../../../shared/contract/own-fields.ts'
import { api } from '../../lib/client.ts'
import { unfinishedDate } from '../../lib/unfinished-date.ts'
import { DateField } from '../../ui/DateField.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import classes from './BeneficiaryFilters.module.css'
import type { useFilter } from './use-filter.ts'

interface OwnFilterProps {
  field: OwnKey | undefined
  value: string
  onChange: ReturnType<typeof useFilter>['change']
}

/** Looks for people by a field of the organization; not there where it has none. */
export function OwnFilter({ field: key, value, onChange }: OwnFilterProps) {
  const { t } = useTranslation('beneficiaries')
  const { data: fields = [] } = useQuery(api.ownFields.list.queryOptions())
  if (fields.length === 0) return null
  const field = fields.find((one) => one.key === key)
  return (
    <>
      <Select
        aria-label={t('filter.own')}
        placeholder={t('filter.own')}
        clearable
        clearButtonProps={{ 'aria-label': t('filter.noOwn') }}
        data={fields.map(({ key, name }) => ({ value: key, label: name }))}
        value={field?.key ?? null}
        onChange={(chosen) => onChange({ field: chosen ?? undefined, value: undefined })}
        className={classes.select}
      />
      {field && (
        <OwnValueFilter key={field.key} field={field} value={value} onValue={(next) => onChange({ value: next })} />
      )}
    </>
  )
}

interface OwnValueFilterProps {
  field: OwnField
  value: string
  onValue: (value: string | undefined) => void
}

function OwnValueFilter({ field, value, onValue }: OwnValueFilterProps) {
  const { t } = useTranslation('beneficiaries')
  const { name, kind, choices } = field
  if (kind === 'date') {
    return (
      <DateField
        aria-label={name}
        value={value}
        onChange={(day) => day !== unfinishedDate && onValue(day || undefined)}
        className={classes.select}
      />
    )
  }
  if (kind === 'choice' || kind === 'yesNo') {
    const data =
      kind === 'choice'
        ? choices
        : [
            { value: 'true', label: t('own.yes') },
            { value: 'false', label: t('own.no') },
          ]
    return (
      <Select
        aria-label={name}
        placeholder={name}
        data={data}
        value={value || null}
        onChange={(next) => onValue(next ?? undefined)}
        className={classes.select}
      />
    )
  }
  return (
    <SearchField
      label={name}
      value={value}
      onSearch={(text) => onValue(text || undefined)}
      maxLength={200}
      className={classes.select ?? ''}
    />
  )
}
