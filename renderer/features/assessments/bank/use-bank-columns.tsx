import { Text, VisuallyHidden } from '@mantine/core'
import { IconSquare, IconSquareCheckFilled } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { BankRow } from '../../../../shared/contract/bank.ts'
import type { Id } from '../../../../shared/contract/base.ts'
import { formatNumber } from '../../../lib/format.ts'
import type { Column } from '../../../ui/columns.ts'

/** With what is chosen first, while questions are being chosen. */
export function useBankColumns(chosen: ReadonlySet<Id> | null): Column<BankRow>[] {
  const { t } = useTranslation(['bank', 'question'])
  return [
    ...(chosen ? [choosing(chosen, t('chosen'))] : []),
    {
      id: 'text',
      header: t('question'),
      width: 'minmax(0, 2fr)',
      cell: ({ question }) => (
        <>
          <Text truncate dir="auto">
            {question.name ?? question.text}
          </Text>
          <Text truncate size="xs" c="var(--bdc-ink-soft)">
            {[t(`question:type.${question.type}`), ...(question.tags ?? [])].join(' · ')}
          </Text>
        </>
      ),
    },
    {
      id: 'category',
      header: t('category'),
      width: 'minmax(0, 1fr)',
      from: 620,
      cell: ({ question }) => <bdi>{question.category}</bdi>,
    },
    {
      id: 'points',
      header: t('points'),
      width: '5rem',
      from: 480,
      align: 'end',
      cell: ({ question }) => formatNumber(question.points),
    },
    { id: 'copies', header: t('copies'), width: '6rem', align: 'end', cell: ({ copies }) => formatNumber(copies) },
  ]
}

function choosing(chosen: ReadonlySet<Id>, label: string): Column<BankRow> {
  return {
    id: 'chosen',
    header: '',
    width: '2.5rem',
    cell: ({ id }) =>
      chosen.has(id) ? (
        <>
          <IconSquareCheckFilled size={20} aria-hidden color="var(--mantine-primary-color-filled)" />
          <VisuallyHidden>{label}</VisuallyHidden>
        </>
      ) : (
        <IconSquare size={20} stroke={1.4} aria-hidden />
      ),
  }
}
