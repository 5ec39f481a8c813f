import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { BeneficiaryStatus } from '../../../../shared/contract/beneficiaries.ts'
import { PersonColumn } from '../../../../shared/contract/people-imports.ts'
import { api } from '../../../lib/client.ts'
import { formatDay } from '../../../lib/format.ts'

/** The fields of a file and what stands in them, in words. */
export function useFieldWords() {
  const { t } = useTranslation(['peopleImport', 'beneficiaries'])
  const { data: own = [] } = useQuery(api.ownFields.list.queryOptions())
  const ownOf = (field: string) => own.find(({ key }) => field === `own.${key}`)
  return {
    name(field: string): string {
      if (field.startsWith('own.')) return ownOf(field)?.name ?? t('peopleImport:column.removed')
      const column = PersonColumn.safeParse(field === 'trainerId' ? 'trainer' : field)
      return column.success ? t(`peopleImport:column.${column.data}`) : field
    },
    value(field: string, value: string): string {
      if (value === '') return ''
      const kind = ownOf(field)?.kind
      if (kind === 'yesNo') return t(value === 'true' ? 'beneficiaries:own.yes' : 'beneficiaries:own.no')
      if (kind === 'date' || dayFields.includes(field))
        return /^\d{4}-\d\d-\d\d$/.test(value) ? formatDay(value) : value
      const status = field === 'status' ? BeneficiaryStatus.safeParse(value).data : undefined
      return status ? t(`beneficiaries:status.${status}`) : value
    },
  }
}

const dayFields = ['dateOfBirth', 'enrollmentDate', 'completedOn']
