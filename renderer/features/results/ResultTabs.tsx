import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import classes from '../../ui/PlaceTabs.module.css'

/** The places of the results area. */
export function ResultTabs() {
  const { t } = useTranslation('grading')
  return (
    <nav className={classes.tabs} aria-label={t('tabs.label')}>
      <Link to="/results" className={classes.tab}>
        {t('tabs.attempts')}
      </Link>
      <Link to="/grading" activeOptions={{ exact: true }} className={classes.tab}>
        {t('tabs.grading')}
      </Link>
      <Link to="/receipts" className={classes.tab}>
        {t('tabs.receipts')}
      </Link>
    </nav>
  )
}
