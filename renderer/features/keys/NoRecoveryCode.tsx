import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client.ts'
import { Banner } from '../../ui/Banner.tsx'

/** Until there is a recovery code, a lost keychain or a forgotten passphrase would mean the loss of everything. */
export function NoRecoveryCode() {
  const { t } = useTranslation('keys')
  const keys = useQuery(api.keys.ofComputer.queryOptions({ staleTime: Number.POSITIVE_INFINITY }))
  if (!keys.data || keys.data.hasRecoveryCode) return null
  return (
    <Banner>
      <span>{t('nag.banner')}</span>
      <Link to="/keys">{t('nag.link')}</Link>
    </Banner>
  )
}
