import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../lib/format.ts'

interface BeneficiaryCountProps {
  isLoaded: boolean
  /** Null where so many match that nobody counted. */
  total: number | null
  isNarrowed: boolean
}

/** How many people there are, or how many the search has found. */
export function BeneficiaryCount({ isLoaded, total, isNarrowed }: BeneficiaryCountProps) {
  const { t } = useTranslation('beneficiaries')
  if (!isLoaded) return <span aria-hidden="true"> </span>
  if (total === null) return <span role="status">{t('foundMany')}</span>
  const number = formatNumber(total)
  return <span role="status">{t(isNarrowed ? 'found' : 'count', { count: total, number })}</span>
}
