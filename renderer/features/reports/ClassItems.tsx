import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ClassReport } from '../../../shared/contract/reports.ts'
import { formatNumber, formatPercent } from '../../lib/format.ts'
import { RichText } from '../../ui/question/RichText.tsx'
import classes from '../../ui/report/report.module.css'
import { WideTable } from '../../ui/report/WideTable.tsx'

/** How each question did, and which need a look. */
export function ClassItems({ report: { assessmentId, items } }: { report: ClassReport }) {
  const { t } = useTranslation('reports')
  if (items.length === 0) return null
  return (
    <section className={classes.part} aria-labelledby="items-heading">
      <h2 id="items-heading">{t('file.sheet.items')}</h2>
      <p className={`${classes.note} ${classes.screenOnly}`}>
        <Link to="/assessments/$id/analysis" params={{ id: assessmentId }}>
          {t('class.toAnalysis')}
        </Link>
      </p>
      <WideTable label={t('file.sheet.items')}>
        <thead>
          <tr>
            <th scope="col">{t('file.column.number')}</th>
            <th scope="col" data-words>
              {t('file.column.question')}
            </th>
            <th scope="col">{t('file.column.facility')}</th>
            <th scope="col">{t('file.column.discrimination')}</th>
            <th scope="col" data-words>
              {t('file.column.flags')}
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ questionId, number, text, facility, discrimination, flags }) => (
            <tr key={questionId}>
              <td>{formatNumber(number)}</td>
              <th scope="row" data-words>
                <bdi>
                  <RichText text={text} />
                </bdi>
              </th>
              <td>{facility === null ? '–' : formatPercent(facility * 100)}</td>
              <td>{discrimination === null ? '–' : formatNumber(discrimination, { maximumFractionDigits: 2 })}</td>
              <td data-words>
                {flags.map((kind) => (
                  <span key={kind} className={classes.flag}>
                    {t(`file.flag.${kind}`)}
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </section>
  )
}
