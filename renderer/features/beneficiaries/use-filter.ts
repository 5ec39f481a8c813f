import { useNavigate, useSearch } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { BeneficiaryFilter } from './use-beneficiary-list.ts'

/** The search and the filters live in the address, so that they survive going back and a reload. */
export function useFilter() {
  const { search = '', status, trainer } = useSearch({ from: '/staff/beneficiaries' })
  const navigate = useNavigate({ from: '/beneficiaries' })
  const filter: BeneficiaryFilter = { search, status, trainerId: trainer }
  const change = useCallback(
    (part: { search?: string; status?: typeof status; trainer?: typeof trainer }) =>
      void navigate({
        search: (before) => {
          const { search: text, ...others } = { ...before, ...part }
          return { ...others, search: text || undefined }
        },
        replace: true,
      }),
    [navigate],
  )
  const clear = useCallback(() => void navigate({ search: {}, replace: true }), [navigate])
  return { filter, change, clear, isNarrowed: search !== '' || status !== undefined || trainer !== undefined }
}
