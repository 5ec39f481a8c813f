import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { LearnerAttempt } from '../../../shared/contract/reports.ts'
import { formatMoment, formatNumber, formatPercent } from '../../lib/format.ts'
import classes from './report.module.css'
import { WideTable } from './WideTable.tsx'

/** All attempts in the order in which they were handed in: as a line, and as a table. */
export function OverTime({ attempts }: { attempts: LearnerAttempt[] }) {
  const { t } = useTranslation('reports')
  const graded = attempts.map(({ percentage }) => percentage).filter((percentage) => percentage !== null)
  return (
    <section className={classes.part} aria-labelledby="time-heading">
      <h2 id="time-heading">{t('learner.overTime')}</h2>
      {graded.length > 1 && <Line percentages={graded} />}
      <WideTable label={t('learner.overTime')}>
        <thead>
          <tr>
            <th scope="col" data-words>
              {t('file.column.assessment')}
            </th>
            <th scope="col">{t('file.column.handedIn')}</th>
            <th scope="col">{t('file.column.attempt')}</th>
            <th scope="col">{t('file.column.points')}</th>
            <th scope="col">{t('file.column.percent')}</th>
            <th scope="col" data-words>
              {t('file.column.state')}
            </th>
          </tr>
        </thead>
        <tbody>
          {attempts.map((attempt) => (
            <AttemptRow key={attempt.attemptId} attempt={attempt} />
          ))}
        </tbody>
      </WideTable>
    </section>
  )
}

function AttemptRow({ attempt }: { attempt: LearnerAttempt }) {
  const { t } = useTranslation('reports')
  const { attemptId, title, submittedAt, attemptNumber, score, maxScore, percentage, passed, isOverridden } = attempt
  const state = passed === null ? (percentage === null ? 'waiting' : 'graded') : passed ? 'passed' : 'failed'
  return (
    <tr>
      <th scope="row" data-words>
        <Link to="/results/$attemptId" params={{ attemptId }} dir="auto">
          {title}
        </Link>
      </th>
      <td>{formatMoment(submittedAt)}</td>
      <td>{formatNumber(attemptNumber)}</td>
      <td>{score === null ? '–' : `${formatNumber(score)} / ${formatNumber(maxScore)}`}</td>
      <td>{percentage === null ? '–' : formatPercent(percentage)}</td>
      <td data-words>
        {t(`file.state.${state}`)}
        {isOverridden && <span className={classes.flag}>{t('setByHand')}</span>}
      </td>
    </tr>
  )
}

/** 0 percent at the bottom, 100 at the top, the same distance from one attempt to the next. */
function Line({ percentages }: { percentages: readonly number[] }) {
  const across = (index: number) => (index / (percentages.length - 1)) * 100
  const points = percentages.map((percentage, index) => `${across(index)},${100 - percentage}`).join(' ')
  return (
    <div aria-hidden className={classes.chart}>
      <div className={classes.axis}>
        {[100, 50, 0].map((percent) => (
          <span key={percent}>{formatPercent(percent)}</span>
        ))}
      </div>
      <div className={classes.dots}>
        <svg className={classes.line} viewBox="0 0 100 100" preserveAspectRatio="none">
          {[0, 50, 100].map((height) => (
            <line key={height} x1="0" x2="100" y1={height} y2={height} />
          ))}
          <polyline points={points} />
        </svg>
        {percentages.map((percentage, index) => (
          <span
            key={across(index)}
            className={classes.dot}
            style={{ insetInlineStart: `${across(index)}%`, insetBlockStart: `${100 - percentage}%` }}
          />
        ))}
      </div>
    </div>
  )
}
