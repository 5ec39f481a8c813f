import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../../lib/client.ts'
import { RowList } from '../../../ui/RowList.tsx'
import { LikelyPairRow } from '../../beneficiaries/merges/LikelyPairRow.tsx'
import classes from './conflicts.module.css'

/** People who may be one and were written down on two computers; nothing where there are none. */
export function OnTwoComputers() {
  const { t } = useTranslation('merges')
  const likely = useQuery(api.merges.likely.queryOptions())
  const pairs = likely.data?.pairs.filter(({ isAcross }) => isAcross) ?? []
  if (pairs.length === 0) return null
  return (
    <section className={classes.part} aria-labelledby="on-two-computers">
      <h2 id="on-two-computers">{t('across.title')}</h2>
      <p>{t('across.note')}</p>
      <RowList>
        {pairs.map((pair) => (
          <LikelyPairRow key={`${pair.first.id} ${pair.second.id}`} pair={pair} />
        ))}
      </RowList>
    </section>
  )
}
