import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { LearnerAssessment } from '../../../shared/contract/reports.ts'
import { formatNumber, formatPercent } from '../../lib/format.ts'
import classes from '../../ui/report/report.module.css'
import { WideTable } from '../../ui/report/WideTable.tsx'

/** First, last and best result in each assessment. */
export function LearnerAssessments({ assessments }: { assessments: LearnerAssessment[] }) {
  const { t } = useTranslation('reports')
  const percent = (value: number | null) => (value === null ? '–' : formatPercent(value))
  return (
    <section className={classes.part} aria-labelledby="assessments-heading">
      <h2 id="assessments-heading">{t('file.sheet.assessments')}</h2>
      <WideTable label={t('file.sheet.assessments')}>
        <thead>
          <tr>
            <th scope="col" data-words>
              {t('file.column.assessment')}
            </th>
            {(['attempts', 'first', 'last', 'best', 'isPassed'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`file.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {assessments.map(({ assessmentId, title, attempts, first, last, best, passed }) => (
            <tr key={assessmentId}>
              <th scope="row" data-words>
                <Link to="/results/class/$id" params={{ id: assessmentId }} dir="auto">
                  {title}
                </Link>
              </th>
              <td>{formatNumber(attempts)}</td>
              <td>{percent(first)}</td>
              <td>{percent(last)}</td>
              <td>{percent(best)}</td>
              <td>{passed === null ? '–' : t(passed ? 'file.word.yes' : 'file.word.no')}</td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </section>
  )
}
