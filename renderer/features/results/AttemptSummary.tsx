import { Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { AttemptReport } from '../../../shared/contract/results.ts'
import { formatDuration } from '../../lib/duration.ts'
import { formatMoment, formatNumber, formatPercent } from '../../lib/format.ts'
import classes from './attempt.module.css'
import { PassedMark } from './PassedMark.tsx'
import { ResultStateBadge } from './ResultStateBadge.tsx'

/** The result, in sight while the answers below it are graded. */
export function AttemptSummary({ report, children }: { report: AttemptReport; children: ReactNode }) {
  const { t } = useTranslation('results')
  const { score, maxScore, percentage, passed, timeTaken, submittedAt, startedAt } = report
  return (
    <section className={classes.summary} aria-label={t('attempt.summary')}>
      <dl className={classes.facts}>
        <Fact
          name={t('attempt.score')}
        >{`${score === null ? '–' : formatNumber(score)} / ${formatNumber(maxScore)}`}</Fact>
        <Fact name={t('attempt.result')}>
          {percentage === null ? (
            <ResultStateBadge state={report.state} />
          ) : (
            <span className={classes.result}>
              {formatPercent(percentage)}
              <PassedMark passed={passed} />
            </span>
          )}
        </Fact>
        <Fact name={t('attempt.time')}>{formatDuration(timeTaken)}</Fact>
        {submittedAt ? (
          <Fact name={t('attempt.handedIn')}>{formatMoment(submittedAt)}</Fact>
        ) : (
          <Fact name={t('attempt.begun')}>{formatMoment(startedAt)}</Fact>
        )}
      </dl>
      {children}
    </section>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <Text component="dt" size="xs" c="var(--bdc-ink-soft)">
        {name}
      </Text>
      <dd className={classes.fact}>{children}</dd>
    </div>
  )
}
