import { useTranslation } from 'react-i18next'
import type { TestStatistics } from '../../../shared/contract/analytics.ts'
import { formatNumber, formatPercent } from '../../lib/format.ts'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import classes from './analysis.module.css'
import { reliabilityBand } from './bands.ts'

/** The whole test in numbers, and what they allow to say. */
export function TestFacts({ test }: { test: TestStatistics }) {
  const { t } = useTranslation('analysis')
  const points = (value: number | null) =>
    value === null ? '–' : `${decimals(value)} / ${formatNumber(test.maxScore)}`
  const facts = [
    ['attempts', formatNumber(test.attempts)],
    ['mean', points(test.mean)],
    ['median', points(test.median)],
    ['spread', decimals(test.standardDeviation)],
    ['range', `${decimals(test.lowest)} – ${decimals(test.highest)}`],
    ['passed', test.passRate === null ? '–' : formatPercent(test.passRate * 100)],
  ] as const
  return (
    <section className={classes.test} aria-label={t('test.label')}>
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`test.${name}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Reliability test={test} />
    </section>
  )
}

function Reliability({ test: { alpha, isKr20, isDrawn, standardError } }: { test: TestStatistics }) {
  const { t } = useTranslation('analysis')
  if (alpha === null) return <p className={classes.words}>{isDrawn ? t('reliability.drawn') : t('reliability.none')}</p>
  const { word, tone } = reliabilityBand(alpha)
  return (
    <div className={classes.reliability}>
      <StatusBadge tone={tone}>
        {t(isKr20 ? 'reliability.kr20' : 'reliability.alpha', { value: decimals(alpha) })}
      </StatusBadge>
      <p className={classes.words}>
        {t(`reliability.${word}`)}{' '}
        {standardError !== null && t('reliability.error', { points: decimals(standardError) })}
      </p>
    </div>
  )
}

function decimals(value: number | null): string {
  return value === null ? '–' : formatNumber(value, { maximumFractionDigits: 2 })
}
