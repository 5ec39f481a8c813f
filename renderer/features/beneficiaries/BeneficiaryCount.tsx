import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../lib/format.ts'

interface BeneficiaryCountProps {
  /** Null where so many match that nobody counted; undefined while a new count is on its way. */
  total: number | null | undefined
  isNarrowed: boolean
}

/** How many people there are, or how many the search has found; the last answer stays until there is a new one. */
export function BeneficiaryCount({ total, isNarrowed }: BeneficiaryCountProps) {
  const { t } = useTranslation('beneficiaries')
  const [last, setLast] = useState({ total, isNarrowed })
  if (total !== undefined && (last.total !== total || last.isNarrowed !== isNarrowed)) setLast({ total, isNarrowed })
  if (last.total === undefined) return <span aria-hidden="true"> </span>
  if (last.total === null) return <span role="status">{t('foundMany')}</span>
  const number = formatNumber(last.total)
  return <span role="status">{t(last.isNarrowed ? 'found' : 'count', { count: last.total, number })}</span>
}
