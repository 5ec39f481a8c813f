import { Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { AssessmentRow } from '../../../shared/contract/assessments.ts'
import { formatNumber } from '../../lib/format.ts'
import { AssessmentStatusBadge } from './AssessmentStatusBadge.tsx'
import classes from './AssessmentTable.module.css'

const numbers = ['questions', 'points', 'attempts', 'waiting'] as const

export function AssessmentTable({ rows }: { rows: readonly AssessmentRow[] }) {
  const { t } = useTranslation('assessments')
  return (
    <Table className={classes.table} verticalSpacing="sm" horizontalSpacing="md">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">{t('column.title')}</Table.Th>
          <Table.Th scope="col">{t('column.status')}</Table.Th>
          {numbers.map((name) => (
            <Table.Th key={name} scope="col" className={classes.number} visibleFrom={name === 'waiting' ? undefined : 'sm'}>
              {t(`column.${name}`)}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <Row key={row.id} row={row} />
        ))}
      </Table.Tbody>
    </Table>
  )
}

function Row({ row }: { row: AssessmentRow }) {
  const { t } = useTranslation('assessments')
  const facts = [t(`type.${row.type}`), row.timeLimit && t('fact.minutes', { count: row.timeLimit })].filter(Boolean)
  return (
    <Table.Tr className={classes.row}>
      <Table.Th scope="row" className={classes.title}>
        <Link to="/assessments/$id" params={{ id: row.id }} className={classes.link}>
          <bdi>{row.title}</bdi>
        </Link>
        <Text size="sm" className={classes.facts}>
          {facts.join(' · ')}
        </Text>
      </Table.Th>
      <Table.Td>
        <AssessmentStatusBadge status={row.status} />
      </Table.Td>
      <Table.Td className={classes.number} visibleFrom="sm">
        {formatNumber(row.questionCount)}
      </Table.Td>
      <Table.Td className={classes.number} visibleFrom="sm">
        {formatNumber(row.totalPoints)}
      </Table.Td>
      <Table.Td className={classes.number} visibleFrom="sm">
        {formatNumber(row.attemptCount)}
      </Table.Td>
      <Table.Td className={classes.number}>{row.waitingForGrading > 0 && <Waiting row={row} />}</Table.Td>
    </Table.Tr>
  )
}

function Waiting({ row }: { row: AssessmentRow }) {
  const { t } = useTranslation('assessments')
  return (
    <Link
      to="/results"
      search={{ assessment: row.id, state: 'handed_in' }}
      className={classes.waiting}
      aria-label={t('list.gradeThese', { count: row.waitingForGrading, title: row.title })}
    >
      {formatNumber(row.waitingForGrading)}
    </Link>
  )
}
