import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import classes from '../../ui/PlaceTabs.module.css'

/** The places of privacy. */
export function PrivacyTabs() {
  const { t } = useTranslation('privacy')
  return (
    <nav className={classes.tabs} aria-label={t('tabs.label')}>
      <Link to="/privacy" activeOptions={{ exact: true }} className={classes.tab}>
        {t('tabs.requests')}
      </Link>
      <Link to="/privacy/retention" className={classes.tab}>
        {t('tabs.retention')}
      </Link>
      <Link to="/privacy/consent" className={classes.tab}>
        {t('tabs.consent')}
      </Link>
      <Link to="/privacy/holds" className={classes.tab}>
        {t('tabs.holds')}
      </Link>
      <Link to="/privacy/register" className={classes.tab}>
        {t('tabs.register')}
      </Link>
    </nav>
  )
}
