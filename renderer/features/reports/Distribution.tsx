import { useTranslation } from 'react-i18next'
import type { ClassReport } from '../../../shared/contract/reports.ts'
import { formatNumber, formatPercent } from '../../lib/format.ts'
import classes from '../../ui/report/report.module.css'

interface Props {
  bands: ClassReport['distribution']
  passingScore: number | null
}

/** How many reached which result: as columns, and as a table beside them. */
export function Distribution({ bands, passingScore }: Props) {
  const { t } = useTranslation('reports')
  const most = Math.max(1, ...bands.map(({ count }) => count))
  if (bands.every(({ count }) => count === 0)) return null
  return (
    <section className={classes.part} aria-labelledby="distribution-heading">
      <h2 id="distribution-heading">{t('distribution.heading')}</h2>
      {passingScore !== null && (
        <p className={classes.note}>{t('distribution.passing', { percent: formatPercent(passingScore) })}</p>
      )}
      <div className={classes.beside}>
        <div aria-hidden>
          <div className={classes.columns}>
            {bands.map(({ from, count }) => (
              <div key={from} className={classes.column} style={{ blockSize: `${(count / most) * 100}%` }}>
                {count > 0 && <span>{formatNumber(count)}</span>}
              </div>
            ))}
          </div>
          <div className={classes.ticks}>
            {[0, 20, 40, 60, 80, 100].map((tick) => (
              <span key={tick}>{formatPercent(tick)}</span>
            ))}
          </div>
        </div>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col" data-words>
                {t('distribution.band')}
              </th>
              <th scope="col">{t('file.column.count')}</th>
            </tr>
          </thead>
          <tbody>
            {bands
              .filter(({ count }) => count > 0)
              .map(({ from, to, count }) => (
                <tr key={from}>
                  <th scope="row" data-words>
                    {t(to === 100 ? 'distribution.upTo' : 'distribution.below', {
                      from: formatPercent(from),
                      to: formatPercent(to),
                    })}
                  </th>
                  <td>{formatNumber(count)}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
