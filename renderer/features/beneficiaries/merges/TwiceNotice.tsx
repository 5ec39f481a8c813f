import { Alert } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Beneficiary } from '../../../../shared/contract/beneficiaries.ts'
import { api } from '../../../lib/client.ts'
import { TextLink } from '../../../ui/TextLink.tsx'
import { ApartButton } from './ApartButton.tsx'
import classes from './merges.module.css'

/** On a file: who else may be the same person. A part of the name alone, or one thing alone, is no news here. */
export function TwiceNotice({ person }: { person: Beneficiary }) {
  const { t } = useTranslation(['merges', 'beneficiaries'])
  const { id, name, dateOfBirth, phone, number } = person
  const found = useQuery(
    api.beneficiaries.alike.queryOptions({ input: { name, dateOfBirth, phone, number, exceptId: id } }),
  )
  const people = (found.data ?? []).filter(
    (one) => one.causes.includes('number') || (one.causes.includes('name') && one.causes.length > 1),
  )
  if (people.length === 0) return null
  return (
    <Alert color="saffron" variant="light" icon={<IconUsers aria-hidden />} title={t('twice')}>
      <ul className={classes.twice}>
        {people.map((one) => (
          <li key={one.id}>
            <bdi>{one.name}</bdi> ({one.causes.map((cause) => t(`beneficiaries:alike.cause.${cause}`)).join(', ')}){' '}
            <TextLink to="/beneficiaries/$id/merge/$other" params={{ id, other: one.id }}>
              {t('compare')}
            </TextLink>{' '}
            <ApartButton first={person} second={one} />
          </li>
        ))}
      </ul>
    </Alert>
  )
}
