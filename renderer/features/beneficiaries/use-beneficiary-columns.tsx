import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { BeneficiaryRow } from '../../../shared/contract/beneficiaries.ts'
import { reachOf } from '../../../shared/permissions.ts'
import { dayFormat } from '../../lib/format.ts'
import { actorKindOf, useMe } from '../../lib/session.ts'
import type { Column } from '../../ui/columns.ts'
import { PersonMark } from '../../ui/PersonMark.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { photoOf } from '../../ui/use-photo.ts'
import { statusTones } from './status-tones.ts'
import classes from './use-beneficiary-columns.module.css'

/** The same ones as long as the language is, so that no row is drawn again for them. */
export function useBeneficiaryColumns(): Column<BeneficiaryRow>[] {
  const { t } = useTranslation('beneficiaries')
  // A trainer sees their own people alone, and the room belongs to the names.
  const seesOthers = reachOf(actorKindOf(useMe()), 'beneficiaries.list') !== 'own'
  return useMemo(() => columnsIn(t).filter(({ id }) => seesOthers || id !== 'trainer'), [t, seesOthers])
}

function columnsIn(t: TFunction<'beneficiaries'>): Column<BeneficiaryRow>[] {
  const formatDay = dayFormat()
  return [
    {
      id: 'name',
      header: t('column.name'),
      width: 'minmax(0, 3fr)',
      isOrdered: true,
      cell: (row) => <Person row={row} />,
    },
    {
      id: 'phone',
      header: t('column.phone'),
      width: 'minmax(10.5rem, 1.4fr)',
      from: 900,
      cell: (row) => <bdi>{row.phone}</bdi>,
    },
    { id: 'city', header: t('column.city'), width: 'minmax(0, 1.2fr)', from: 1040, cell: (row) => row.city },
    {
      id: 'trainer',
      header: t('column.trainer'),
      width: 'minmax(0, 1.6fr)',
      from: 640,
      cell: (row) => row.trainerName,
    },
    {
      id: 'enrolled',
      header: t('column.enrolled'),
      width: '7.5rem',
      from: 760,
      cell: (row) => row.enrollmentDate && formatDay(row.enrollmentDate),
    },
    {
      id: 'status',
      header: t('column.status'),
      width: '6.75rem',
      cell: (row) => <StatusBadge tone={statusTones[row.status]}>{t(`status.${row.status}`)}</StatusBadge>,
    },
  ]
}

function Person({ row }: { row: BeneficiaryRow }) {
  return (
    <div className={classes.person}>
      <PersonMark name={row.name} photo={photoOf(row)} />
      <div className={classes.words}>
        <bdi className={classes.name} title={row.name}>
          {row.name}
        </bdi>
        {row.email ? (
          <bdi className={classes.contact}>{row.email}</bdi>
        ) : (
          <bdi className={`${classes.contact} ${classes.phone}`}>{row.phone}</bdi>
        )}
      </div>
    </div>
  )
}
