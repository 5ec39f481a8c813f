import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { PlaceTabs } from '../../ui/PlaceTabs.tsx'

/** The places of the log. */
export function ActivityTabs() {
  const { t } = useTranslation('activity')
  return (
    <PlaceTabs label={t('tabs.label')}>
      <Link to="/activity" activeOptions={{ exact: true, includeSearch: false }}>
        {t('tabs.activity')}
      </Link>
      <Link to="/activity/errors" activeOptions={{ includeSearch: false }}>
        {t('tabs.errors')}
      </Link>
      <Link to="/activity/proof">{t('tabs.proof')}</Link>
    </PlaceTabs>
  )
}
