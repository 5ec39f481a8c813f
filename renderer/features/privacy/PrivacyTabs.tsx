import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { PlaceTabs } from '../../ui/PlaceTabs.tsx'

/** The places of privacy. */
export function PrivacyTabs() {
  const { t } = useTranslation('privacy')
  return (
    <PlaceTabs label={t('tabs.label')}>
      <Link to="/privacy" activeOptions={{ exact: true }}>
        {t('tabs.requests')}
      </Link>
      <Link to="/privacy/retention">{t('tabs.retention')}</Link>
      <Link to="/privacy/consent">{t('tabs.consent')}</Link>
      <Link to="/privacy/holds">{t('tabs.holds')}</Link>
      <Link to="/privacy/register">{t('tabs.register')}</Link>
    </PlaceTabs>
  )
}
