import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { BankRow } from '../../../../shared/contract/bank.ts'
import { formatNumber } from '../../../lib/format.ts'
import type { Column } from '../../../ui/columns.ts'

export function useBankColumns(): Column<BankRow>[] {
  const { t } = useTranslation(['bank', 'question'])
  return [
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
