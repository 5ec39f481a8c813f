import { useTranslation } from 'react-i18next'
import type { ResultRow } from '../../../shared/contract/results.ts'
import { formatDuration } from '../../lib/duration.ts'
import { formatMoment, formatNumber, formatPercent } from '../../lib/format.ts'
import type { Column } from '../../ui/columns.ts'
import { NameCell } from '../../ui/ListCells.tsx'
import { PassedMark } from './PassedMark.tsx'
import { ResultStateBadge } from './ResultStateBadge.tsx'
import classes from './result-columns.module.css'

export function useResultColumns(): Column<ResultRow>[] {
  const { t } = useTranslation('results')
  return [
    {
      id: 'learner',
      header: t('column.learner'),
      width: 'minmax(0, 1fr)',
      cell: (row) => <LearnerCell row={row} />,
    },
    {
      id: 'state',
      header: t('column.state'),
      width: '9.5rem',
      from: 560,
      cell: (row) => <ResultStateBadge state={row.state} />,
    },
    {
      id: 'score',
      header: t('column.score'),
      width: '6rem',
      from: 700,
      align: 'end',
      cell: (row) => (row.score === null ? '–' : `${formatNumber(row.score)} / ${formatNumber(row.maxScore)}`),
    },
    { id: 'result', header: t('column.result'), width: '8rem', align: 'end', cell: (row) => <ResultCell row={row} /> },
    {
      id: 'time',
      header: t('column.time'),
      width: '7.5rem',
      from: 900,
      align: 'end',
      cell: (row) => formatDuration(row.timeTaken),
    },
    {
      id: 'started',
      header: t('column.started'),
      width: '10.5rem',
      from: 1060,
      align: 'end',
      cell: (row) => formatMoment(row.startedAt),
    },
  ]
}

function LearnerCell({ row }: { row: ResultRow }) {
  const { t } = useTranslation('results')
  return (
    <NameCell
      name={<bdi>{row.beneficiaryName}</bdi>}
      facts={
        <>
          <bdi>{row.title}</bdi>
          {' · '}
          {t('attempt.number', { number: row.attemptNumber })}
        </>
      }
    />
  )
}

function ResultCell({ row }: { row: ResultRow }) {
  const { t } = useTranslation('results')
  if (row.percentage === null) {
    return (
      <span className={classes.narrow}>
        <ResultStateBadge state={row.state} />
      </span>
    )
  }
  return (
    <NameCell
      name={
        <>
          {formatPercent(row.percentage)}
          {row.isOverridden && <span title={t('override.mark')}> *</span>}
        </>
      }
      facts={
        <>
          <PassedMark passed={row.passed} />
        </>
      }
    />
  )
}
