import { useTranslation } from 'react-i18next'
import type { PeoplePlan } from '../../../../shared/contract/people-imports.ts'
import { formatNumber } from '../../../lib/format.ts'
import { WideTable } from '../../../ui/report/WideTable.tsx'
import classes from './people-imports.module.css'

/** What of the list cannot be used, row by row. */
export function RowProblems({ plan: { problems, problemCount } }: { plan: PeoplePlan }) {
  const { t } = useTranslation('peopleImport')
  const left = problemCount - problems.length
  return (
    <section className={classes.part} aria-labelledby="problems">
      <h2 id="problems">{t('problems.title', { count: problemCount, number: formatNumber(problemCount) })}</h2>
      <div className={classes.problems}>
        <WideTable label={t('problems.label')}>
          <thead>
            <tr>
              <th scope="col">{t('preview.line')}</th>
              <th scope="col" data-words>
                {t('problems.column')}
              </th>
              <th scope="col" data-words>
                {t('problems.what')}
              </th>
              <th scope="col" data-words>
                {t('problems.then')}
              </th>
            </tr>
          </thead>
          <tbody>
            {problems.map(({ line, column, kind, value, effect }, index) => (
              <tr key={`${line} ${index}`}>
                <td>{formatNumber(line)}</td>
                <td data-words className={classes.head}>
                  <bdi>{column}</bdi>
                </td>
                <td data-words>{t(`problems.kind.${kind}`, { value: `\u2068${value}\u2069` })}</td>
                <td data-words>{t(`problems.effect.${effect}`)}</td>
              </tr>
            ))}
          </tbody>
        </WideTable>
      </div>
      {left > 0 && <p className={classes.more}>{t('problems.more', { count: left, number: formatNumber(left) })}</p>}
    </section>
  )
}
