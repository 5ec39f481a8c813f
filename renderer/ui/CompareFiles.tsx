import { useTranslation } from 'react-i18next'
import type { LikelyPair } from '../../shared/contract/merges.ts'
import { ButtonLink } from './ButtonLink.tsx'

/** The way to two files beside each other, which may be about one person. */
export function CompareFiles({ first, second }: Pick<LikelyPair, 'first' | 'second'>) {
  const { t } = useTranslation('merges')
  return (
    <ButtonLink
      size="xs"
      variant="default"
      to="/beneficiaries/$id/merge/$other"
      params={{ id: first.id, other: second.id }}
      aria-label={t('compareOf', { first: first.name, second: second.name })}
    >
      {t('compare')}
    </ButtonLink>
  )
}
