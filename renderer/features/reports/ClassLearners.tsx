import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { ClassLearner, ClassReport } from '../../../shared/contract/reports.ts'
import { formatMoment, formatNumber, formatPercent } from '../../lib/format.ts'
import classes from '../../ui/report/report.module.css'
import { WideTable } from '../../ui/report/WideTable.tsx'
import { StatusBadge, type Tone } from '../../ui/StatusBadge.tsx'

const tones: Record<ClassLearner['standing'], Tone> = {
  passed: 'good',
  failed: 'bad',
  graded: 'neutral',
  waiting: 'waiting',
  running: 'busy',
  missing: 'neutral',
}

/** Everybody whom it was for, with what they reached. */
export function ClassLearners({ report: { learners, missingNotListed } }: { report: ClassReport }) {
  const { t } = useTranslation('reports')
  return (
    <section className={classes.part} aria-labelledby="learners-heading">
      <h2 id="learners-heading">{t('file.sheet.learners')}</h2>
      <WideTable label={t('file.sheet.learners')}>
        <thead>
          <tr>
            <th scope="col" data-words>
              {t('file.column.name')}
            </th>
            <th scope="col">{t('file.column.percent')}</th>
            <th scope="col" data-words>
              {t('file.column.state')}
            </th>
            <th scope="col">{t('file.column.points')}</th>
            <th scope="col">{t('file.column.attempts')}</th>
            <th scope="col">{t('file.column.handedIn')}</th>
          </tr>
        </thead>
        <tbody>
          {learners.map((learner) => (
            <LearnerRow key={learner.beneficiaryId} learner={learner} />
          ))}
        </tbody>
      </WideTable>
      {missingNotListed > 0 && <p className={classes.note}>{t('class.notListed', { count: missingNotListed })}</p>}
    </section>
  )
}

function LearnerRow({ learner }: { learner: ClassLearner }) {
  const { t } = useTranslation('reports')
  const { beneficiaryId, name, standing, attemptId, attempts, score, maxScore, percentage, submittedAt } = learner
  return (
    <tr>
      <th scope="row" data-words>
        <Link to="/results/learner/$id" params={{ id: beneficiaryId }} dir="auto">
          {name}
        </Link>
      </th>
      <td>
        {attemptId === null || percentage === null ? (
          '–'
        ) : (
          <Link to="/results/$attemptId" params={{ attemptId }}>
            {formatPercent(percentage)}
          </Link>
        )}
      </td>
      <td data-words>
        <StatusBadge tone={tones[standing]}>{t(`file.state.${standing}`)}</StatusBadge>
        {learner.isOverridden && <span className={classes.flag}>{t('setByHand')}</span>}
      </td>
      <td>{score === null ? '–' : `${formatNumber(score)} / ${formatNumber(maxScore ?? 0)}`}</td>
      <td>{formatNumber(attempts)}</td>
      <td>{submittedAt === null ? '–' : formatMoment(submittedAt)}</td>
    </tr>
  )
}
