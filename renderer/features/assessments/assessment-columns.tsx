import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { AssessmentRow } from '../../../shared/contract/assessments.ts'
import { formatNumber } from '../../lib/format.ts'
import type { Column } from '../../ui/columns.ts'
import { NameCell } from '../../ui/ListCells.tsx'
import { AssessmentStatusBadge } from './AssessmentStatusBadge.tsx'
import classes from './assessment-columns.module.css'

export function useAssessmentColumns(): Column<AssessmentRow>[] {
  const { t } = useTranslation('assessments')
  const number = (id: 'questions' | 'points' | 'attempts', from: number, of: (row: AssessmentRow) => number) => ({
    id,
    header: t(`column.${id}`),
    width: '5.5rem',
    from,
    align: 'end' as const,
    sortBy: of,
    cell: (row: AssessmentRow) => formatNumber(of(row)),
  })
  return [
    {
      id: 'title',
      header: t('column.title'),
      width: 'minmax(0, 1fr)',
      sortBy: (row) => row.title,
      cell: (row) => <TitleCell row={row} />,
    },
    {
      id: 'status',
      header: t('column.status'),
      width: '8rem',
      from: 520,
      sortBy: (row) => t(`status.${row.status}`),
      cell: (row) => <AssessmentStatusBadge status={row.status} />,
    },
    number('questions', 720, (row) => row.questionCount),
    number('points', 820, (row) => row.totalPoints),
    number('attempts', 620, (row) => row.attemptCount),
    {
      id: 'waiting',
      header: t('column.waiting'),
      width: '4.5rem',
      align: 'end',
      sortBy: (row) => row.waitingForGrading,
      cell: (row) => <WaitingCell row={row} />,
    },
  ]
}

function TitleCell({ row }: { row: AssessmentRow }) {
  const { t } = useTranslation('assessments')
  const facts = [t(`type.${row.type}`), row.timeLimit && t('fact.minutes', { count: row.timeLimit })]
  return (
    <NameCell
      name={<bdi>{row.title}</bdi>}
      facts={
        <>
          <span className={classes.narrow}>
            <AssessmentStatusBadge status={row.status} /> · {t('fact.questions', { count: row.questionCount })}
          </span>
          <span className={classes.wide}>{facts.filter(Boolean).join(' · ')}</span>
        </>
      }
    />
  )
}

function WaitingCell({ row }: { row: AssessmentRow }) {
  const { t } = useTranslation('assessments')
  if (row.waitingForGrading === 0) return null
  return (
    <Link
      to="/results"
      search={{ assessment: row.id, state: 'handed_in' }}
      className={classes.waiting}
      aria-label={t('list.gradeThese', { count: row.waitingForGrading, title: row.title })}
      onClick={(event) => event.stopPropagation()}
    >
      {formatNumber(row.waitingForGrading)}
    </Link>
  )
}
