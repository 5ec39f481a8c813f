import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import classes from './WaitingNote.module.css'

/** How much grading there is to do, and the way to it. */
export function WaitingNote({ attempts }: { attempts: number }) {
  const { t } = useTranslation('results')
  const words = t('list.waiting', { count: attempts })
  if (attempts === 0) return words
  return (
    <Link to="/results" search={{ state: 'handed_in' }} className={classes.note}>
      {words}
    </Link>
  )
}
