import { useTranslation } from 'react-i18next'
import type { LearnerReport } from '../../../shared/contract/reports.ts'
import classes from './report.module.css'

/** What the learner is good at and what they should go over again, in words. */
export function StrengthsAndGaps({ categories }: Pick<LearnerReport, 'categories'>) {
  const { t, i18n } = useTranslation('reports')
  const list = new Intl.ListFormat(i18n.language, { type: 'conjunction' })
  const namesOf = (wanted: 'strength' | 'gap') =>
    categories
      .filter(({ category, standing }) => category !== null && standing === wanted)
      .map(({ category }) => `\u2068${category}\u2069`)
  const [strengths, gaps] = [namesOf('strength'), namesOf('gap')]
  return (
    <section className={classes.part} aria-labelledby="standing-heading">
      <h2 id="standing-heading">{t('learner.standing')}</h2>
      {strengths.length > 0 && (
        <p className={classes.note}>{t('learner.strengths', { names: list.format(strengths) })}</p>
      )}
      {gaps.length > 0 && <p className={classes.note}>{t('learner.gaps', { names: list.format(gaps) })}</p>}
      {strengths.length + gaps.length === 0 && (
        <p className={classes.note}>
          {t(categories.every(({ category }) => category === null) ? 'learner.noCategories' : 'learner.neither')}
        </p>
      )}
    </section>
  )
}
