import { ActionIcon, Button, Menu } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconDotsVertical, IconPencil, IconTrash } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Group } from '../../../shared/contract/groups.ts'
import { api } from '../../lib/client.ts'
import { useMutation } from '../../lib/use-mutation.ts'
import { AttendanceOfGroup } from '../../ui/AttendanceShare.tsx'
import { BackLink } from '../../ui/BackLink.tsx'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { ErrorState } from '../../ui/ErrorState.tsx'
import { Page } from '../../ui/Page.tsx'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { PageSkeleton } from '../../ui/PageSkeleton.tsx'
import { AddMember } from './AddMember.tsx'
import { GroupDialog } from './GroupDialog.tsx'
import { MemberList } from './MemberList.tsx'
import { useOwnOnly } from './use-own-only.ts'

const route = getRouteApi('/staff/groups/$id')

export function GroupScreen() {
  const { t } = useTranslation('groups')
  const { id } = route.useParams()
  const isOwnOnly = useOwnOnly()
  const { data, error, isPending, refetch } = useQuery(api.groups.get.queryOptions({ input: { id } }))
  if (isPending) return <PageSkeleton />
  return (
    <Page>
      <PageHeader
        title={data?.name ?? t('title')}
        back={<BackLink to="/groups">{t('title')}</BackLink>}
        note={data && t(isOwnOnly ? 'ownMemberCount' : 'memberCount', { count: data.members.length })}
        actions={data && <GroupActions group={data} />}
      />
      {data ? (
        <>
          <AttendanceOfGroup groupId={data.id} />
          <AddMember group={data} />
          <MemberList group={data} />
        </>
      ) : (
        <ErrorState error={error} onRetry={() => void refetch()} />
      )}
    </Page>
  )
}

function GroupActions({ group }: { group: Group }) {
  const { t } = useTranslation(['groups', 'common'])
  const [isRenaming, renaming] = useDisclosure(false)
  const [isAsking, asking] = useDisclosure(false)
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const remove = useMutation(
    api.groups.remove.mutationOptions({
      onSuccess: async () => {
        await navigate({ to: '/groups' })
        await queryClient.invalidateQueries({ queryKey: api.groups.key() })
      },
    }),
  )
  return (
    <>
      <Button variant="default" leftSection={<IconPencil size={18} aria-hidden />} onClick={renaming.open}>
        {t('rename')}
      </Button>
      <Menu>
        <Menu.Target>
          <ActionIcon variant="default" size={38} aria-label={t('common:action.more')}>
            <IconDotsVertical size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item color="brick" leftSection={<IconTrash size={18} aria-hidden />} onClick={asking.open}>
            {t('remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <GroupDialog group={group} isOpen={isRenaming} onClose={renaming.close} />
      <ConfirmDialog
        isOpen={isAsking}
        title={t('removeTitle', { name: group.name })}
        confirmLabel={t('remove')}
        isDangerous
        isBusy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate({ id: group.id })}
        onCancel={asking.close}
      >
        {t('removeText')}
      </ConfirmDialog>
    </>
  )
}
