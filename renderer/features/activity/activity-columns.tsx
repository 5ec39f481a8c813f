import { useTranslation } from 'react-i18next'
import type { ActivityRow } from '../../../shared/contract/activity.ts'
import { formatMoment } from '../../lib/format.ts'
import type { Column } from '../../ui/columns.ts'
import { NameCell } from '../../ui/ListCells.tsx'
import classes from './activity.module.css'
import { useActionName } from './use-action-name.ts'

export function useActivityColumns(): Column<ActivityRow>[] {
  const { t } = useTranslation('activity')
  const nameOf = useActionName()
  return [
    {
      id: 'what',
      header: t('column.what'),
      width: 'minmax(0, 1fr)',
      cell: (row) => (
        <NameCell
          name={nameOf(row.action)}
          facts={
            <>
              <bdi>{row.userName ?? t('nobody')}</bdi>
              <span className={classes.narrow}> · {formatMoment(row.at)}</span>
              {row.looks > 1 && ` · ${t('looks', { count: row.looks })}`}
            </>
          }
        />
      ),
    },
    {
      id: 'person',
      header: t('column.person'),
      width: '13rem',
      from: 640,
      cell: (row) => <bdi>{row.personName ?? '–'}</bdi>,
    },
    { id: 'changes', header: t('column.changes'), width: '8rem', from: 800, cell: (row) => <Rows row={row} /> },
    {
      id: 'from',
      header: t('column.from'),
      width: '9rem',
      from: 1000,
      cell: (row) => <bdi dir="ltr">{row.ipAddress || '–'}</bdi>,
    },
    {
      id: 'when',
      header: t('column.when'),
      width: '12.5rem',
      from: 520,
      align: 'end',
      cell: (row) => formatMoment(row.at),
    },
  ]
}

function Rows({ row }: { row: ActivityRow }) {
  const { t } = useTranslation('activity')
  const count = row.changes.length + row.unlisted
  return count === 0 ? '–' : t('rows', { count })
}
