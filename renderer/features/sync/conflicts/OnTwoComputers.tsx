import { useTranslation } from 'react-i18next'
import type { LikelyPair } from '../../../../shared/contract/merges.ts'
import { RowList } from '../../../ui/RowList.tsx'
import { LikelyPairRow } from '../../beneficiaries/merges/LikelyPairRow.tsx'
import classes from './conflicts.module.css'

/** People who may be one and were written down on two computers. */
export function OnTwoComputers({ pairs }: { pairs: readonly LikelyPair[] }) {
  const { t } = useTranslation('merges')
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
