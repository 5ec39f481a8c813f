import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import classes from '../../ui/PlaceTabs.module.css'

/** The places of the log. */
export function ActivityTabs() {
  const { t } = useTranslation('activity')
  return (
    <nav className={classes.tabs} aria-label={t('tabs.label')}>
      <Link to="/activity" activeOptions={{ exact: true, includeSearch: false }} className={classes.tab}>
        {t('tabs.activity')}
      </Link>
      <Link to="/activity/errors" activeOptions={{ includeSearch: false }} className={classes.tab}>
        {t('tabs.errors')}
      </Link>
      <Link to="/activity/proof" className={classes.tab}>
        {t('tabs.proof')}
      </Link>
    </nav>
  )
}
