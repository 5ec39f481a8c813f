import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client.ts'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { LoadingRows } from '../../ui/LoadingRows.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { NewUserDrawer } from './NewUserDrawer.tsx'
import { TeamList } from './TeamList.tsx'

/** Who works here; for administrators. */
export function TeamScreen() {
  const { t } = useTranslation('identity')
  const [isAdding, { open, close }] = useDisclosure()
  const users = useQuery(api.identity.listUsers.queryOptions())
  return (
    <Page>
      <PageHeader
        title={t('team.title')}
        note={users.data && t('team.count', { count: users.data.filter((user) => user.isActive).length })}
        actions={
          <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={open}>
            {t('team.add')}
          </Button>
        }
      />
      {users.isPending && <LoadingRows count={3} />}
      {users.isError && <ErrorState error={users.error} onRetry={() => void users.refetch()} />}
      {users.data && <TeamList users={users.data} />}
      <NewUserDrawer isOpen={isAdding} onClose={close} />
    </Page>
  )
}
