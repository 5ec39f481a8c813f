import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Id } from '../../../../shared/contract/base.ts'
import { api } from '../../../lib/client.ts'
import { TextLink } from '../../../ui/TextLink.tsx'

/** The groups that a person is in; nothing where there is none. */
export function GroupsOf({ id }: { id: Id }) {
  const { t } = useTranslation('file')
  const { data: groups = [] } = useQuery(api.beneficiaries.groupsOf.queryOptions({ input: { id } }))
  if (groups.length === 0) return null
  return (
    <Text size="sm" component="p" m={0}>
      {t('groups')}{' '}
      {groups.map((group, index) => (
        <span key={group.id}>
          {index > 0 && ', '}
          <TextLink to="/groups/$id" params={{ id: group.id }}>
            <bdi>{group.name}</bdi>
          </TextLink>
        </span>
      ))}
    </Text>
  )
}
