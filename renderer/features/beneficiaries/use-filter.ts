import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { Id } from '../../../shared/contract/base.ts'
import type { BeneficiaryStatus } from '../../../shared/contract/beneficiaries.ts'
import type { OwnKey } from '../../../shared/contract/own-fields.ts'
import type { BeneficiaryFilter } from './use-beneficiary-list.ts'

interface ChangedFilter {
  search?: string
  status?: BeneficiaryStatus | undefined
  trainer?: Id | undefined
  /** The field of the organization that is looked in, and what for. */
  field?: OwnKey | undefined
  value?: string | undefined
  order?: string | undefined
}

/** The search and the filters live in the address, so that they survive going back and a reload. */
export function useFilter() {
  const {
    search = '',
    status,
    trainer,
    field,
    value,
    order,
    hide,
    sequence,
  } = useSearch({ from: '/staff/beneficiaries' })
  const navigate = useNavigate({ from: '/beneficiaries' })
  const own = field !== undefined && value !== undefined && value !== '' ? { key: field, value } : undefined
  const filter: BeneficiaryFilter = {
    search,
    status,
    trainerId: trainer,
    own,
    ...((order === 'name' || order === '-name') && { order }),
  }
  const change = useCallback(
    (part: ChangedFilter) =>
      void navigate({
        search: (before) => {
          const { search: text, ...others } = { ...before, ...part }
          return { ...others, search: text || undefined }
        },
        replace: true,
      }),
    [navigate],
  )
  const clear = useCallback(
    () => void navigate({ search: ({ order, hide, sequence }) => ({ order, hide, sequence }), replace: true }),
    [navigate],
  )
  const isNarrowed = search !== '' || [status, trainer, own].some((part) => part !== undefined)
  return { filter, field, hide, sequence, change, clear, isNarrowed }
}
