import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { KeyChange } from '../../../../shared/contract/results.ts'
import { formatNumber, formatPercent } from '../../../lib/format.ts'
import classes from './key.module.css'

/** Attempt by attempt: the result before and after. */
export function ChangeTable({ changes }: { changes: readonly KeyChange[] }) {
  const { t } = useTranslation('key')
  return (
    <div className={classes.scroll}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('learner')}</th>
            <th scope="col">{t('before')}</th>
            <th scope="col">{t('after')}</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => (
            <tr key={change.attemptId}>
              <th scope="row">
                <Link to="/results/$attemptId" params={{ attemptId: change.attemptId }}>
                  <bdi>{change.beneficiaryName}</bdi>
                </Link>{' '}
                <span className={classes.soft}>{t('attempt', { number: change.attemptNumber })}</span>
                {change.isOverridden && <span className={classes.mark}>{t('overridden')}</span>}
              </th>
              <td>
                <Verdict verdict={change.before} />
              </td>
              <td>
                <Verdict verdict={change.after} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Verdict({ verdict: { points, percentage, passed } }: { verdict: KeyChange['before'] }) {
  const { t } = useTranslation(['key', 'results'])
  const words = [
    t('points', { count: points, points: formatNumber(points) }),
    percentage === null ? t('notGraded') : formatPercent(percentage),
    passed === null ? null : t(passed ? 'results:passed.yes' : 'results:passed.no'),
  ]
  return words.filter((word) => word !== null).join(' · ')
}
