import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import type { CategoryShare, LearnerReport } from '../../../shared/contract/reports.ts'
import { formatNumber, formatPercent } from '../../lib/format.ts'
import { StatusBadge, type Tone } from '../StatusBadge.tsx'
import classes from './report.module.css'
import { WideTable } from './WideTable.tsx'

type Standing = LearnerReport['categories'][number]['standing']
interface Props {
  categories: readonly (CategoryShare & { standing?: Standing })[]
}

const tones: Record<Standing, Tone> = { strength: 'good', between: 'neutral', gap: 'waiting', tooFew: 'neutral' }

/** Points by category of the questions: as bars, and as a table beside them. */
export function CategoryPart({ categories }: Props) {
  const { t } = useTranslation('reports')
  if (categories.length === 0) return null
  const nameOf = ({ category }: CategoryShare) => category ?? t('file.word.noCategory')
  return (
    <section className={classes.part} aria-labelledby="categories-heading">
      <h2 id="categories-heading">{t('categories.heading')}</h2>
      <div className={`${classes.beside} ${classes.wide}`}>
        <div className={classes.bars} aria-hidden>
          {categories.map((one) => (
            <Fragment key={one.category}>
              <bdi>{nameOf(one)}</bdi>
              <div className={classes.track}>
                <div className={classes.fill} style={{ inlineSize: `${Math.max(0, (one.share ?? 0) * 100)}%` }} />
              </div>
              <span>{one.share === null ? '–' : formatPercent(one.share * 100)}</span>
            </Fragment>
          ))}
        </div>
        <WideTable label={t('categories.heading')}>
          <thead>
            <tr>
              <th scope="col" data-words>
                {t('file.column.category')}
              </th>
              <th scope="col">{t('file.column.answers')}</th>
              <th scope="col">{t('file.column.points')}</th>
              <th scope="col">{t('file.column.percent')}</th>
              {categories.some(({ standing }) => standing) && <th scope="col">{t('file.column.standing')}</th>}
            </tr>
          </thead>
          <tbody>
            {categories.map((one) => (
              <tr key={one.category}>
                <th scope="row" data-words>
                  <bdi>{nameOf(one)}</bdi>
                </th>
                <td>{formatNumber(one.answers)}</td>
                <td>{`${formatNumber(one.points)} / ${formatNumber(one.maxPoints)}`}</td>
                <td>{one.share === null ? '–' : formatPercent(one.share * 100)}</td>
                {one.standing && (
                  <td data-words>
                    <StatusBadge tone={tones[one.standing]}>{t(`file.standing.${one.standing}`)}</StatusBadge>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </WideTable>
      </div>
    </section>
  )
}
