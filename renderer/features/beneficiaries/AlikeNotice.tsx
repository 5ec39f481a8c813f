import { Alert } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconUsers } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { Day } from '../../../shared/contract/base.ts'
import { api } from '../../lib/client.ts'
import { formatDay } from '../../lib/format.ts'
import type { BeneficiaryForm } from './use-beneficiary-form.ts'

/** Who is here already and may be the person that is being written down: it warns, and saving stays possible. */
export function AlikeNotice({ control }: { control: BeneficiaryForm['control'] }) {
  const { t } = useTranslation('beneficiaries')
  const [name = '', born, phone = '', number = ''] = useWatch({
    control,
    name: ['name', 'dateOfBirth', 'phone', 'number'],
  })
  const [wanted] = useDebouncedValue({ name, born, phone, number }, 300)
  const dateOfBirth = Day.safeParse(wanted.born).data ?? null
  const found = useQuery(
    api.beneficiaries.alike.queryOptions({
      input: {
        name: wanted.name.slice(0, 100),
        dateOfBirth,
        phone: wanted.phone.slice(0, 20),
        number: wanted.number.slice(0, 50),
      },
      enabled: wanted.name.trim().length > 2,
      placeholderData: keepPreviousData,
    }),
  )
  const people = wanted.name.trim().length > 2 ? (found.data ?? []) : []
  const isShown = people.length > 0
  // It pushes the fields down, and whoever types goes on seeing what they type.
  useEffect(() => {
    if (isShown) document.activeElement?.scrollIntoView({ block: 'nearest' })
  }, [isShown])
  if (!isShown) return null
  return (
    <Alert role="status" color="saffron" variant="light" icon={<IconUsers aria-hidden />} title={t('alike.title')}>
      <ul style={{ margin: 0, paddingInlineStart: '1.1rem' }}>
        {people.map((person) => (
          <li key={person.id}>
            <Link to="/beneficiaries/$id" params={{ id: person.id }} search={true}>
              <bdi>{person.name}</bdi>
            </Link>{' '}
            {person.dateOfBirth && formatDay(person.dateOfBirth)} (
            {person.causes.map((cause) => t(`alike.cause.${cause}`)).join(', ')})
          </li>
        ))}
      </ul>
    </Alert>
  )
}
