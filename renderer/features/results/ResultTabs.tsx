import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { PlaceTabs } from '../../ui/PlaceTabs.tsx'

/** The places of the results area. */
export function ResultTabs() {
  const { t } = useTranslation('grading')
  return (
    <PlaceTabs label={t('tabs.label')}>
      <Link to="/results">{t('tabs.attempts')}</Link>
      <Link to="/grading" activeOptions={{ exact: true }}>
        {t('tabs.grading')}
      </Link>
      <Link to="/receipts">{t('tabs.receipts')}</Link>
    </PlaceTabs>
  )
}
