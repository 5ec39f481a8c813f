import { Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { LikelyPair } from '../../../../shared/contract/merges.ts'
import { formatDay } from '../../../lib/format.ts'
import { CompareFiles } from '../../../ui/CompareFiles.tsx'
import { Row } from '../../../ui/RowList.tsx'
import { ApartButton } from './ApartButton.tsx'
import classes from './merges.module.css'

/** Two files that may be about one person: the way to compare them, and to say that they are two. */
export function LikelyPairRow({ pair: { first, second, isAcross, causes } }: { pair: LikelyPair }) {
  const { t } = useTranslation(['merges', 'beneficiaries'])
  return (
    <Row
      name={
        <>
          <bdi>{first.name}</bdi> <span className={classes.and}>{t('and')}</span> <bdi>{second.name}</bdi>
        </>
      }
      facts={[
        [...causes.map((cause) => t(`beneficiaries:alike.cause.${cause}`)), ...(isAcross ? [t('isAcross')] : [])].join(
          ' · ',
        ),
        <About key="who" people={[first, second]} />,
      ]}
      actions={
        <Group gap="xs">
          <ApartButton first={first} second={second} />
          <CompareFiles first={first} second={second} />
        </Group>
      }
    />
  )
}

/** What tells the two apart at a glance; nothing where nothing is known. */
function About({ people }: { people: readonly LikelyPair['first'][] }) {
  const { t } = useTranslation('merges')
  const facts = people.map(({ dateOfBirth, trainerName }) =>
    [dateOfBirth && formatDay(dateOfBirth), trainerName && `\u2068${trainerName}\u2069`].filter(Boolean).join(', '),
  )
  if (facts.every((fact) => fact === '')) return null
  return <>{facts.map((fact) => fact || t('nothingKnown')).join(' / ')}</>
}
