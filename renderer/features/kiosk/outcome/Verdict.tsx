import { IconHourglass } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'
import type { Outcome } from '../../../../shared/contract/delivery.ts'
import { api } from '../../../lib/client.ts'
import { formatNumber, formatPercent } from '../../../lib/format.ts'
import kiosk from '../kiosk.module.css'
import classes from './Outcome.module.css'

interface VerdictProps {
  outcome: Outcome
  headingRef: Ref<HTMLHeadingElement>
}

/** The result in one look: a word, a percentage, the points. */
export function Verdict({ outcome, headingRef }: VerdictProps) {
  const { t } = useTranslation('kiosk')
  const { title, percentage, passed, score, maxScore } = outcome
  return (
    <section className={classes.verdict} data-passed={passed ?? undefined}>
      <Dial percentage={percentage} />
      <div className={classes.words}>
        <p className={classes.assessment} dir="auto">
          {title}
        </p>
        <h1 ref={headingRef} tabIndex={-1} className={kiosk.title}>
          {percentage === null
            ? t('outcome.handedIn')
            : t(passed === null ? 'outcome.done' : passed ? 'outcome.passed' : 'outcome.failed')}
        </h1>
        {percentage === null ? (
          <StillOpen outcome={outcome} />
        ) : (
          <p>
            {t('outcome.score', {
              count: maxScore ?? 0,
              score: formatNumber(score ?? 0),
              max: formatNumber(maxScore ?? 0),
            })}
          </p>
        )}
        {passed === false && <Needed attemptId={outcome.attemptId} />}
      </div>
    </section>
  )
}

/** Why there is no percentage: somebody still reads, or the author keeps the marks to themselves. */
function StillOpen({ outcome: { questions, review, score } }: { outcome: Outcome }) {
  const { t } = useTranslation('kiosk')
  if (review === 'nothing') return <p>{t('outcome.untold')}</p>
  const waiting = questions.filter(({ points }) => points === null).length
  return (
    <>
      <p>{waiting > 0 ? t('outcome.waiting', { count: waiting }) : t('outcome.waitingSome')}</p>
      <p>{t('outcome.soFar', { count: score ?? 0, score: formatNumber(score ?? 0) })}</p>
    </>
  )
}

const circumference = 100

function Dial({ percentage }: { percentage: number | null }) {
  return (
    <div className={classes.dial}>
      <svg viewBox="0 0 36 36" aria-hidden>
        <circle className={classes.track} cx="18" cy="18" r="15.915" />
        <circle
          className={classes.arc}
          cx="18"
          cy="18"
          r="15.915"
          strokeDasharray={`${percentage ?? 0} ${circumference}`}
          visibility={percentage ? 'visible' : 'hidden'}
        />
      </svg>
      <span className={classes.percent}>
        {percentage === null ? <IconHourglass size={44} aria-hidden /> : formatPercent(percentage)}
      </span>
    </div>
  )
}

function Needed({ attemptId }: { attemptId: number }) {
  const { t } = useTranslation('kiosk')
  const menu = useQuery(api.delivery.menu.queryOptions())
  const item = menu.data?.find(({ ended }) => ended.some((attempt) => attempt.attemptId === attemptId))
  if (!item || item.passingScore === null) return null
  return <p>{t('outcome.needed', { percent: formatPercent(item.passingScore) })}</p>
}
