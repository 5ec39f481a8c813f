import { Anchor, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { User } from '../../../shared/contract/identity.ts'
import { fold } from '../../../shared/fold.ts'
import { mayUse } from '../../../shared/permissions.ts'
import { api } from '../../lib/client.ts'
import { actorKindOf, useMe } from '../../lib/session.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { NewUserDrawer } from './NewUserDrawer.tsx'
import { TeamList } from './TeamList.tsx'
import { TeamTools } from './TeamTools.tsx'

/** Fewer are seen at a glance. */
const worthSearching = 6

/** Who works here, and what they may do; for administrators. */
export function TeamScreen() {
  const { t } = useTranslation('identity')
  const [isAdding, { open, close }] = useDisclosure()
  const [search, setSearch] = useState('')
  const users = useQuery(api.identity.listUsers.queryOptions())
  const found = users.data?.filter((user) => isNamed(user, search)) ?? []
  return (
    <Page>
      <PageHeader
        title={t('team.title')}
        note={users.data && t('team.count', { count: users.data.filter((user) => user.isActive).length })}
        actions={<TeamTools onAdd={open} />}
      />
      {(users.data?.length ?? 0) >= worthSearching && (
        <SearchField label={t('team.search')} value={search} onSearch={setSearch} maxLength={100} />
      )}
      {users.isPending && <LoadingRows count={3} />}
      {users.isError && <ErrorState error={users.error} onRetry={() => void users.refetch()} />}
      {users.data && found.length > 0 && <TeamList users={found} />}
      {users.data && found.length === 0 && (
        <EmptyState icon={IconSearch} title={t('team.noneTitle')}>
          {t('team.noneText')}
        </EmptyState>
      )}
      <OtherCentres />
      <NewUserDrawer isOpen={isAdding} onClose={close} />
    </Page>
  )
}

function isNamed({ name, email }: User, search: string): boolean {
  const who = fold(`${name} ${email}`)
  return fold(search)
    .split(' ')
    .every((word) => who.includes(word))
}

/** Most installations have one centre, and nothing else on their screens speaks of several. */
function OtherCentres() {
  const { t } = useTranslation('identity')
  const me = useMe()
  if (!mayUse(actorKindOf(me), 'organizations.create') || me.kind !== 'user' || me.isPractice) return null
  return (
    <Text size="sm" c="dimmed" mt="xl">
      {t('team.severalCentres')}{' '}
      <Anchor component={Link} to="/organizations" size="sm" underline="always">
        {t('team.toCentres')}
      </Anchor>
    </Text>
  )
}
