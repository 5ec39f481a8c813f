import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client.ts'
import { formatNumber } from '../../lib/format.ts'
import { PlaceTabs } from '../../ui/PlaceTabs.tsx'

/** How things stand with the centre, and what waits for a person. */
export function SyncTabs() {
  const { t } = useTranslation('sync')
  const state = useQuery(api.sync.state.queryOptions())
  const waiting = state.data?.conflicts ?? 0
  return (
    <PlaceTabs label={t('tabs.label')}>
      <Link to="/sync" activeOptions={{ exact: true }}>
        {t('tabs.state')}
      </Link>
      <Link to="/sync/conflicts" activeOptions={{ includeSearch: false }}>
        {t('tabs.conflicts')}
        {waiting > 0 && ` (${formatNumber(waiting)})`}
      </Link>
    </PlaceTabs>
  )
}
