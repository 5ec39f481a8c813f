import { useTranslation } from 'react-i18next'
import classes from './print.module.css'
import type { PaperHeading } from './print-options.ts'
import type { PaperVersion } from './versions.ts'

interface Props {
  heading: PaperHeading
  version: PaperVersion
  /** What of the assessment this sheet is; undefined for the questions themselves. */
  part?: string
}

/** The top of what a learner gets: what it is, how long it takes, and room for name and date. */
export function SheetHead({ heading: { title, timeLimit }, version: { letter, questions }, part }: Props) {
  const { t } = useTranslation('print')
  const points = questions.reduce((sum, { question }) => sum + question.points, 0)
  const facts = [t('points', { count: points }), timeLimit === null ? null : t('minutes', { count: timeLimit })].filter(
    Boolean,
  )
  return (
    <header className={classes.head}>
      <div className={classes.headline}>
        <h2 dir="auto">{part ? `${part}: ${title}` : title}</h2>
        {letter && <span className={classes.version}>{t('version', { letter })}</span>}
      </div>
      <p className={classes.facts}>{facts.join(' · ')}</p>
      <div className={classes.who}>
        <span className={classes.blank}>{t('name')}</span>
        <span className={classes.blank}>{t('date')}</span>
      </div>
    </header>
  )
}
