import { useTranslation } from 'react-i18next'
import type { ClassReport } from '../../../shared/contract/reports.ts'
import { formatNumber, formatPercent } from '../../lib/format.ts'
import classes from '../../ui/report/report.module.css'

const counted = ['passed', 'failed', 'graded', 'waiting', 'running', 'missing'] as const

/** The class in numbers; what is nought and can only be nought is left out. */
export function ClassFacts({ report }: { report: ClassReport }) {
  const { t } = useTranslation('reports')
  const { counts, passingScore } = report
  const percent = (value: number | null) => (value === null ? '–' : formatPercent(value))
  const isShown = (word: (typeof counted)[number]) =>
    counts[word] > 0 || word === 'missing' || (passingScore !== null && ['passed', 'failed'].includes(word))
  const facts: [name: string, value: string][] = [
    [t('file.fact.expected'), formatNumber(counts.expected)],
    ...counted.filter(isShown).map((word): [string, string] => [t(`file.fact.${word}`), formatNumber(counts[word])]),
    ...(passingScore === null ? [] : [[t('class.passingScore'), formatPercent(passingScore)] as [string, string]]),
    [t('class.mean'), percent(report.mean)],
    [t('class.median'), percent(report.median)],
    [t('class.range'), `${percent(report.lowest)} – ${percent(report.highest)}`],
    [t('class.spread'), percent(report.standardDeviation)],
  ]
  return (
    <section className={classes.part} aria-label={t('file.sheet.summary')}>
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
