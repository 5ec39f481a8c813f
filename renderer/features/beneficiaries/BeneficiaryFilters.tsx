import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { BeneficiaryStatus, beneficiaryStatuses } from '../../../shared/contract/beneficiaries.ts'
import type { OwnKey } from '../../../shared/contract/own-fields.ts'
import { reachOf } from '../../../shared/permissions.ts'
import { api } from '../../lib/client.ts'
import { actorKindOf, useMe } from '../../lib/session.ts'
import { SearchField } from '../../ui/SearchField.tsx'
import classes from './BeneficiaryFilters.module.css'
import { OwnFilter } from './OwnFilter.tsx'
import type { BeneficiaryFilter } from './use-beneficiary-list.ts'
import type { useFilter } from './use-filter.ts'

interface BeneficiaryFiltersProps {
  filter: BeneficiaryFilter
  /** The field of the organization that is looked in. */
  field: OwnKey | undefined
  onChange: ReturnType<typeof useFilter>['change']
  children: ReactNode
}

export function BeneficiaryFilters({ filter, field, onChange, children }: BeneficiaryFiltersProps) {
  const { t } = useTranslation('beneficiaries')
  const seesOthers = reachOf(actorKindOf(useMe()), 'beneficiaries.list') !== 'own'
  const trainers = useQuery(api.beneficiaries.trainers.queryOptions())
  return (
    <search className={classes.filters}>
      <SearchField
        label={t('filter.search')}
        value={filter.search}
        onSearch={(search) => onChange({ search })}
        maxLength={200}
        className={classes.search}
      />
      <Select
        aria-label={t('filter.status')}
        placeholder={t('filter.anyStatus')}
        clearable
        clearButtonProps={{ 'aria-label': t('filter.anyStatus') }}
        data={beneficiaryStatuses.map((status) => ({ value: status, label: t(`status.${status}`) }))}
        value={filter.status ?? null}
        onChange={(status) => onChange({ status: BeneficiaryStatus.safeParse(status).data })}
        className={classes.select}
      />
      {seesOthers && (
        <Select
          aria-label={t('filter.trainer')}
          placeholder={t('filter.anyTrainer')}
          clearable
          clearButtonProps={{ 'aria-label': t('filter.anyTrainer') }}
          searchable={(trainers.data?.length ?? 0) > 8}
          data={trainers.data?.map(({ id, name }) => ({ value: String(id), label: name })) ?? []}
          value={filter.trainerId ? String(filter.trainerId) : null}
          onChange={(id) => onChange({ trainer: id === null ? undefined : Number(id) })}
          className={classes.select}
        />
      )}
      <OwnFilter field={field} value={filter.own?.value ?? ''} onChange={onChange} />
      {children}
    </search>
  )
}
