import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client.ts'
import classes from './NoRecoveryCode.module.css'

/** Until there is a recovery code, a lost keychain or a forgotten passphrase would mean the loss of everything. */
export function NoRecoveryCode() {
  const { t } = useTranslation('keys')
  const keys = useQuery(api.keys.ofComputer.queryOptions({ staleTime: Number.POSITIVE_INFINITY }))
  if (!keys.data || keys.data.hasRecoveryCode) return null
  return (
    <div role="note" className={classes.banner}>
      <span>{t('nag.banner')}</span>
      <Link to="/keys" className={classes.link}>
        {t('nag.link')}
      </Link>
    </div>
  )
}
