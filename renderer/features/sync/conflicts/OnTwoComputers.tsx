import { useTranslation } from 'react-i18next'
import type { LikelyPair } from '../../../../shared/contract/merges.ts'
import { CompareFiles } from '../../../ui/CompareFiles.tsx'
import { Row, RowList } from '../../../ui/RowList.tsx'
import { TextLink } from '../../../ui/TextLink.tsx'
import classes from './conflicts.module.css'

/** People who may be one and were written down on two computers; the list of such people is where they are said to be two. */
export function OnTwoComputers({ pairs }: { pairs: readonly LikelyPair[] }) {
  const { t } = useTranslation(['merges', 'beneficiaries'])
  return (
    <section className={classes.part} aria-labelledby="on-two-computers">
      <h2 id="on-two-computers">{t('across.title')}</h2>
      <p>{t('across.note')}</p>
      <RowList>
        {pairs.map(({ first, second, causes }) => (
          <Row
            key={`${first.id} ${second.id}`}
            name={
              <>
                <bdi>{first.name}</bdi> {t('and')} <bdi>{second.name}</bdi>
              </>
            }
            facts={[causes.map((cause) => t(`beneficiaries:alike.cause.${cause}`)).join(' · ')]}
            actions={<CompareFiles first={first} second={second} />}
          />
        ))}
      </RowList>
      <TextLink to="/beneficiaries/duplicates">{t('across.two')}</TextLink>
    </section>
  )
}
