import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client.ts'
import { formatNumber } from '../../lib/format.ts'
import classes from '../../ui/PlaceTabs.module.css'

/** How things stand with the centre, and what waits for a person. */
export function SyncTabs() {
  const { t } = useTranslation('sync')
  const state = useQuery(api.sync.state.queryOptions())
  const waiting = state.data?.conflicts ?? 0
  return (
    <nav className={classes.tabs} aria-label={t('tabs.label')}>
      <Link to="/sync" activeOptions={{ exact: true }} className={classes.tab}>
        {t('tabs.state')}
      </Link>
      <Link to="/sync/conflicts" activeOptions={{ includeSearch: false }} className={classes.tab}>
        {t('tabs.conflicts')}
        {waiting > 0 && ` (${formatNumber(waiting)})`}
      </Link>
    </nav>
  )
}
